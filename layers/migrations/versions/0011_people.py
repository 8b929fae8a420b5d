"""People: agencies, accounts, their grants, sessions, links and recovery codes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0010'

ROLES = ('officer', 'verifier', 'coordinator', 'checker', 'agent', 'planner', 'administrator')


def moment(name: str, **kind: object) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, **kind)


def account() -> sa.ForeignKey:
    return sa.ForeignKey('account.id', ondelete='cascade')


def upgrade() -> None:
    op.create_table('agency',
        sa.Column('id', sa.Text(), primary_key=True),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('name_en', sa.Text(), nullable=False),
        sa.Column('phone', sa.Text()),
        sa.Column('email', sa.Text()))
    op.create_table('account',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('email', sa.Text(), nullable=False, unique=True),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('active', sa.Boolean(), nullable=False, server_default='true'),
        sa.Column('uniquifier', sa.Text(), nullable=False, unique=True),
        sa.Column('password', sa.Text()),
        sa.Column('totp_secret', sa.Text()),
        sa.Column('totp_counter', sa.BigInteger()),
        moment('made_at', server_default=sa.func.now()))
    op.create_table('account_grant',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('account_id', sa.BigInteger(), account(), nullable=False),
        sa.Column('role', sa.Text(), nullable=False),
        sa.Column('agency', sa.Text(), sa.ForeignKey('agency.id')),
        sa.Column('area', sa.Text()),
        sa.UniqueConstraint('account_id', 'role', 'agency', 'area', postgresql_nulls_not_distinct=True),
        sa.CheckConstraint(f"role in ({', '.join(map(repr, ROLES))})", 'role'))
    op.create_table('account_session',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('token', sa.Text(), nullable=False, unique=True),
        sa.Column('account_id', sa.BigInteger(), account(), index=True),
        sa.Column('data', postgresql.JSONB(), nullable=False),
        sa.Column('device', sa.Text(), nullable=False),
        moment('made_at', server_default=sa.func.now()),
        moment('seen_at', server_default=sa.func.now()),
        moment('expires_at', index=True))
    op.create_table('account_link',
        sa.Column('token', sa.Text(), primary_key=True),
        sa.Column('account_id', sa.BigInteger(), account(), nullable=False, index=True),
        moment('expires_at'))
    op.create_table('recovery_code',
        sa.Column('account_id', sa.BigInteger(), account(), primary_key=True),
        sa.Column('code', sa.Text(), primary_key=True))
