"""An index for every filter and date of a layer, and those of 0004 where it was run before it was final

Values that are not known take no room and no time: nobody filters by them.
"""

import sqlalchemy as sa
from alembic import op
revision = '0007'
down_revision = '0006'

FILTERS = (
    ("office", "wheelchair"), ("office", "ownership"),
    ("road", "ruas_number"), ("road", "function"), ("road", "road_class"), ("road", "surface"),
    ("internet_site", "operator"), ("internet_site", "technology"),
    ("complaint", "channel"),
    ("area", "bps_code"),
)
DATED = ("area", "settlement", "office", "road", "waste_site", "internet_site")


def upgrade() -> None:
    op.execute("create index if not exists ix_office_opening_hours on office (opening_hours)"
               " where length(opening_hours) <= 500")
    op.execute("drop index if exists ix_office_kind_geography")  # its btree_gist stays: others may use it by now
    for table, column in FILTERS:
        op.create_index(f"ix_{table}_{column}_id", table, [column, "id"],
                        postgresql_where=sa.text(f"{column} is not null"))
    for table in DATED:
        op.create_index(f"ix_{table}_checked_on", table, ["checked_on"],
                        postgresql_where=sa.text("checked_on is not null"))
