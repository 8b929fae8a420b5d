"""Directions on the Earth, in words."""

WINDS = {
    "id": ("utara", "timur laut", "timur", "tenggara", "selatan", "barat daya", "barat", "barat laut"),
    "en": ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"),
}


def wind(bearing_deg: float, language: str = "id") -> str:
    """Name the wind, of eight, that a bearing (degrees clockwise from north) points to; KeyError: unknown language."""
    return WINDS[language][round(bearing_deg / 45) % 8]
