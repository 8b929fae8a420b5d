"""Photos of what surveys of roads saw"""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0049'


def upgrade() -> None:
    op.create_table('road_survey_photo',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('survey_id', sa.BigInteger(), sa.ForeignKey('road_survey.id', ondelete='cascade'), nullable=False),
        sa.Column('name', sa.Text(), nullable=False, unique=True),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('by', sa.Text(), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False))
    op.create_index('ix_road_survey_photo_survey_id', 'road_survey_photo', ['survey_id'])
