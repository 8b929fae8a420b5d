"""The public list of complaints, however many there are."""

import pytest
from sqlalchemy import Connection, text

from layers import features
from layers.query import Query
from layers.registry import layers
from tests.layers.test_every_layer import plan

MANY = """
insert into complaint (source, source_id, number, category, state, reported_at, moderation, geom)
select 'uji', n, 'uji-' || n, case when n % 40 = 0 then 'sampah' else (array['lain', 'jalan_rusak'])[1 + n % 2] end,
  case when n % 40 = 1 then 'closed' else (array['received', 'in_progress'])[1 + n % 2] end,
  now() - (n * 7919 % 20011) * interval '1 minute',
  case when n % 9 = 0 then 'hidden' else 'approved' end, 'SRID=4326;POINT(104 -4)'
from generate_series(1, 20000) as n
"""


@pytest.mark.parametrize(("field", "value"), [("category", "sampah"), ("state", "closed")])
def test_a_page_of_one_kind_reads_its_newest_in_their_order_and_no_others(
    connection: Connection, field: str, value: str
) -> None:
    connection.execute(text(MANY))
    connection.execute(text("analyze complaint"))
    query = Query(layers()["complaints"], {field: value}, sort="-reported_at", offset=100, limit=25)
    how = plan(connection, lambda: features.page(connection, query))
    assert f"ix_complaint_{field}_newest" in how and "Sort" not in how, how
    newest = connection.scalars(
        text(
            f"select number from complaint where {field} = :value order by moderation = 'hidden', reported_at desc, id"
        ),
        {"value": value},
    ).all()
    assert [row["number"] for row in features.page(connection, query)] == newest[100:125]
