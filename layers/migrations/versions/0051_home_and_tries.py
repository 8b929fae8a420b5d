"""What is computed goes stale when the regency at home changes; how often the worker has tried a question"""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0048'

# Of all preferences these alone are what layers are computed from; others change without a tile or table changing.
HOME = """
create function note_home_change() returns trigger language plpgsql as $$
begin
    insert into layer_change (layer) values ('home');
    return null;
end $$;

create trigger note_home_insert after insert on preference
for each row when (new.key in ('regency', 'time_zone')) execute function note_home_change();

create trigger note_home_update after update on preference
for each row when (new.key in ('regency', 'time_zone') and new.value is distinct from old.value)
execute function note_home_change();

create trigger note_home_delete after delete on preference
for each row when (old.key in ('regency', 'time_zone')) execute function note_home_change();
"""


def upgrade() -> None:
    op.execute(HOME)
    for table in ('siting_question', 'waste_round'):
        op.add_column(table, sa.Column('tries', sa.Integer(), nullable=False, server_default='0'))
