"""Whether the place of a complaint was pointed out or merely stands for its village; photos are known when sent again"""

import sqlalchemy as sa
from alembic import op

revision = '0054'
down_revision = '0053'

# Until now a village that was named left its point and nothing that says so: what lies there to the centimetre came so.
NAMED = """
update complaint set precision = 'village'
from area
where area.code = complaint.village_code and area.level in ('desa', 'kelurahan') and complaint.source = 'warga'
  and st_dwithin(complaint.geom, st_pointonsurface(area.geom), 0.0000001)
"""


def upgrade() -> None:
    op.add_column('complaint', sa.Column('precision', sa.Text(), nullable=False, server_default='point'))
    op.create_check_constraint('ck_complaint_precision', 'complaint', "precision in ('point', 'village')")
    op.execute(NAMED)
    op.add_column('complaint_photo', sa.Column('client_id', sa.Uuid(), nullable=True))
    op.create_unique_constraint('uq_complaint_photo_complaint_id_client_id', 'complaint_photo',
                                ['complaint_id', 'client_id'])
