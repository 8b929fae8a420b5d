"""Those who report: their contacts, their drafts, their photos"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0013'


def moment(name: str, **kind: object) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, **kind)


def upgrade() -> None:
    op.create_table('identity',
        sa.Column('subject', sa.Text(), primary_key=True),
        sa.Column('sealed', sa.LargeBinary(), nullable=False),
        sa.Column('phone_hash', sa.LargeBinary(), index=True),
        sa.Column('email_hash', sa.LargeBinary(), index=True),
        sa.Column('consent', sa.Text(), nullable=False),
        moment('agreed_at', server_default=sa.func.now()))
    op.create_table('draft',
        sa.Column('token', sa.Text(), primary_key=True),
        sa.Column('sealed', sa.LargeBinary(), nullable=False),
        moment('expires_at', index=True))
    op.create_table('complaint_photo',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('complaint_id', sa.BigInteger(), sa.ForeignKey('complaint.id', ondelete='cascade'), nullable=False,
                  index=True),
        sa.Column('name', sa.Text(), nullable=False, unique=True),
        sa.Column('purpose', sa.Text(), nullable=False),
        sa.Column('moderation', sa.Text(), nullable=False, server_default='pending'),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('by', sa.Text(), nullable=False),
        moment('added_at', server_default=sa.func.now()),
        sa.CheckConstraint("purpose in ('report', 'result')", 'purpose'),
        sa.CheckConstraint("moderation in ('pending', 'approved', 'hidden')", 'moderation'))
