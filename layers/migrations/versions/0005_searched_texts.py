"""Indexes for the text search of lists beyond names: addresses, road numbers, operators"""

import sqlalchemy as sa
from alembic import op
revision = '0005'
down_revision = '0004'

SEARCHED = (("office", "address"), ("road", "ruas_number"), ("waste_site", "operator"), ("internet_site", "operator"))


def upgrade() -> None:
    for table, column in SEARCHED:
        op.create_index(f"ix_{table}_{column}_trgm", table, [sa.text(f"lower({column}) gin_trgm_ops")],
                        postgresql_using="gin")
