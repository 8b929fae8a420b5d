"""Who asked to be written to, about which area or complaint; the links of letters; what there is to tell"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects.postgresql import JSONB

revision = '0029b'
down_revision = '0032'

CONFIRMED = sa.text('confirmed_at is not null')


def upgrade() -> None:
    keep_readers()
    keep_alerts()
    keep_news()
    op.create_index('ix_complaint_follower_follower', 'complaint_follower', ['follower'])


def keep_readers() -> None:
    op.create_table('reader',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('email_hash', sa.LargeBinary(), nullable=False, unique=True),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()))
    op.create_table('mail_link',
        sa.Column('hash', sa.LargeBinary(), primary_key=True),
        sa.Column('purpose', sa.Text(), nullable=False),
        sa.Column('recipient', sa.Text(), nullable=False),
        sa.Column('data', JSONB(), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False))
    op.create_index('ix_mail_link_expires_at', 'mail_link', ['expires_at'])
    op.create_index('ix_mail_link_recipient', 'mail_link', ['recipient'])
    op.create_table('complaint_quiet',
        sa.Column('complaint_id', sa.BigInteger(),
                  sa.ForeignKey('complaint.id', name='fk_complaint_quiet_complaint_id', ondelete='cascade'),
                  primary_key=True),
        sa.Column('recipient', sa.Text(), primary_key=True))


def keep_alerts() -> None:
    op.create_table('complaint_alert',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('reader_id', sa.BigInteger(),
                  sa.ForeignKey('reader.id', name='fk_complaint_alert_reader_id', ondelete='cascade'), nullable=False),
        sa.Column('area_code', sa.Text()),
        sa.Column('centre', Geometry('POINT', srid=4326, spatial_index=False)),
        sa.Column('radius_m', sa.Integer()),
        sa.Column('reach', Geometry('POLYGON', srid=4326, spatial_index=False)),
        sa.Column('category', sa.Text()),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('confirmed_at', sa.DateTime(timezone=True)),
        sa.Column('next_letter_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.CheckConstraint('(area_code is null) = (centre is not null) and (centre is null) = (radius_m is null)'
                           ' and (centre is null) = (reach is null)', name='ck_complaint_alert_place'))
    op.create_index('ix_complaint_alert_reader_id', 'complaint_alert', ['reader_id'])
    op.create_index('ix_complaint_alert_area_code', 'complaint_alert', ['area_code'], postgresql_where=CONFIRMED)
    op.create_index('ix_complaint_alert_reach', 'complaint_alert', ['reach'], postgresql_using='gist',
                    postgresql_where=CONFIRMED)
    op.create_index('ix_complaint_alert_unconfirmed', 'complaint_alert', ['asked_at'],
                    postgresql_where=sa.text('confirmed_at is null'))


def keep_news() -> None:
    op.create_table('complaint_news',
        sa.Column('event_id', sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column('complaint_id', sa.BigInteger(),
                  sa.ForeignKey('complaint.id', name='fk_complaint_news_complaint_id', ondelete='cascade'),
                  nullable=False),
        sa.Column('what', sa.Text(), nullable=False),
        sa.Column('spread_at', sa.DateTime(timezone=True)),
        sa.CheckConstraint("what in ('appeared', 'resolved')", name='ck_complaint_news_what'))
    op.create_index('ix_complaint_news_complaint_id', 'complaint_news', ['complaint_id'])
    op.create_index('ix_complaint_news_appeared', 'complaint_news', ['complaint_id'], unique=True,
                    postgresql_where=sa.text("what = 'appeared'"))
    op.create_index('ix_complaint_news_waiting', 'complaint_news', ['event_id'],
                    postgresql_where=sa.text('spread_at is null'))
    op.create_table('complaint_alert_news',
        sa.Column('alert_id', sa.BigInteger(),
                  sa.ForeignKey('complaint_alert.id', name='fk_complaint_alert_news_alert_id', ondelete='cascade'),
                  primary_key=True),
        sa.Column('event_id', sa.BigInteger(),
                  sa.ForeignKey('complaint_news.event_id', name='fk_complaint_alert_news_event_id',
                                ondelete='cascade'), primary_key=True))
    op.create_index('ix_complaint_alert_news_event_id', 'complaint_alert_news', ['event_id'])
