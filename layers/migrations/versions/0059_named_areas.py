"""A reporter may mean no thing of the map; an area that was drawn for a rule has a name"""

import sqlalchemy as sa
from alembic import op

revision = '0059'
down_revision = '0058'


def upgrade() -> None:
    op.add_column('complaint', sa.Column('about_nothing', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.add_column('complaint_route', sa.Column('area_name', sa.Text()))
    op.execute(
        "update complaint_route set area_name = 'batas yang digambar' where area is not null and area_code is null"
    )
