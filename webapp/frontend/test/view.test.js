import assert from "node:assert/strict";
import { test } from "node:test";
import { formatLayers, layersIn, parseLayers, withLayers } from "../src/view.js";

const KNOWN = ["offices", "roads", "waste"];

test("a link brings back the layers that were on, and how strong they were", () => {
  const states = new Map([
    ["offices", { on: true, opacity: 1 }],
    ["roads", { on: true, opacity: 0.6 }],
    ["waste", { on: false, opacity: 1 }],
  ]);
  const hash = withLayers("#map=11/-4.8/104.9", states);
  assert.equal(hash, "#map=11/-4.8/104.9&layers=offices,roads.60");
  assert.deepEqual(parseLayers(layersIn(hash), KNOWN), states);
});

test("a link to a map with nothing on keeps it so", () => {
  const nothing = new Map(KNOWN.map((id) => [id, { on: false, opacity: 1 }]));
  assert.deepEqual(parseLayers(layersIn(withLayers("", nothing)), KNOWN), nothing);
});

test("a link that says nothing of layers leaves the choice to the page", () => {
  assert.equal(parseLayers(layersIn("#map=11/-4.8/104.9"), KNOWN), null);
});

test("changing layers again does not let the link grow", () => {
  const states = new Map([["offices", { on: true, opacity: 1 }]]);
  assert.equal(withLayers(withLayers("#map=1/2/3", states), states), withLayers("#map=1/2/3", states));
});

test("unknown layers and nonsense opacities in a link do no harm", () => {
  const states = parseLayers("gunung,roads.abc,waste.900", KNOWN);
  assert.equal(states && formatLayers(states), "roads,waste");
});
