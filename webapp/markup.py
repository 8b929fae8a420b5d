"""Words of people within XML."""

import re

NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(words: str) -> str:
    """Leave out the letters that XML 1.0 cannot hold (its production Char)."""
    return NOT_XML.sub("", words)
