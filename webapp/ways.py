"""How the legs of a way look on maps: a colour for each condition of the road."""

from layers.layer import Choice, Text
from layers.registry import layers

ON_FOOT = Choice("", Text("Jalan kaki di luar jalan", "On foot beside the roads"), "#1d2b2a", dashed=True)


def look(condition: str | None) -> Choice:
    """Give the title and the colour of a condition; None is on foot beside the roads."""
    choices = layers()["roads"].by_name["condition"].choices
    return next((choice for choice in choices if choice.id == condition), ON_FOOT)
