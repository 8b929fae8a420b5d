// The page's module: small helps that a page also works without.
import { offerCopying } from "./links.js";
import { offerLocating } from "./locate.js";
import { offerMaps } from "./opener.js";
import { offerPlaces } from "./suggest.js";

offerLocating(document);
offerCopying(document);
offerMaps(document);
offerPlaces(document);
