"""Before a report is sent its writer sees the five likeliest earlier ones that can be joined, where there are five."""

import re

from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from tests.webapp.complaints.conftest import Write

ADD = text("""
insert into complaint (source, source_id, number, category, kind, state, visibility, moderation, reported_at, geom)
select 'uji', n, 'UJI-' || n, 'jalan_rusak', 'jalan_berlubang', case when n <= 3 then 'closed' else 'received' end,
  case when n in (4, 5) then 'secret' else 'public' end, 'approved', now() - interval '1 hour',
  st_point(104.9 + n * 0.00005, -4.8, 4326) from generate_series(1, 12) as n
""")


def test_closed_and_secret_ones_nearer_by_take_no_place_from_those_that_can_be_joined(
    reporter: FlaskClient, write: Write, rows: Engine
) -> None:
    with rows.begin() as connection:
        connection.execute(ADD)
    write(until="rincian")
    page = reporter.get("/lapor/serupa").text
    assert re.findall(r"/laporan/(UJI-\d+)/saya-juga", page) == [f"UJI-{n}" for n in range(6, 11)]
