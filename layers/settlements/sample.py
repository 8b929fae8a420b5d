"""The settlements' share of the sample data: the built-up land of each village and its hamlets."""

from collections.abc import Iterator

from layers.areas.sample import Row, World, checked
from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import dice


def rows(world: World) -> Iterator[Row]:
    """Give each place, numbered within its village."""
    for village, places in world.by_village.items():
        code = world.land.villages[village].fact.code
        for number, place in enumerate(places):
            yield {
                "source": SOURCE,
                "source_id": f"{code}-{number}",
                "name": place.name,
                "kind": "permukiman" if place.is_heart else "dusun",
                "checked_on": checked(dice(f"permukiman {code} {number}"), known=0.6),
                "geom": world.land.degrees(place.shape),
            }
