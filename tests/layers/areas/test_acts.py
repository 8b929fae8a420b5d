"""What new boundaries mean for everything that lies within them."""

import shapely
from sqlalchemy import Connection, text

from layers.areas.acts import relocate

VILLAGE = text(
    "insert into area (source, source_id, code, level, geom)"
    " values ('uji', :code, :code, 'desa', st_multi(st_geomfromtext(:wkt, 4326)))"
)
SITE = text(
    "insert into waste_site (source, source_id, kind, village_code, geom)"
    " values ('uji', :id, 'tps', :village, st_point(:lon, -4.95, 4326))"
)


def villages(connection: Connection) -> dict[str, tuple[str | None, str]]:
    """Give each site's village, and by which version of its row PostgreSQL knows it."""
    rows = connection.execute(text("select source_id, village_code, cast(ctid as text) from waste_site"))
    return {row[0]: (row[1], row[2]) for row in rows}


def test_new_boundaries_write_only_what_lies_in_another_village_than_before(connection: Connection) -> None:
    for table in ("area", "waste_site"):
        connection.execute(text(f"delete from {table}"))
    for code, west in (("99.01.01.2001", 104.0), ("99.01.01.2002", 104.1)):
        connection.execute(VILLAGE, {"code": code, "wkt": shapely.box(west, -5, west + 0.1, -4.9).wkt})
    stays, moves, gone, new = ("stays", 104.05), ("moves", 104.15), ("gone", 105.0), ("new", 104.02)
    for (name, lon), village in ((stays, 1), (moves, 1), (gone, 1), (new, None)):
        held = village and f"99.01.01.200{village}"
        connection.execute(SITE, {"id": name, "village": held, "lon": lon})
    before = villages(connection)
    relocate(connection)
    after = villages(connection)
    assert {name: village for name, (village, _) in after.items()} == {
        "stays": "99.01.01.2001",
        "moves": "99.01.01.2002",
        "gone": None,
        "new": "99.01.01.2001",
    }
    assert {name for name in before if before[name] != after[name]} == {"moves", "gone", "new"}
