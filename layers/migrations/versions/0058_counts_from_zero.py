"""What is counted or measured is never less than nothing; what was kept so is unknown"""

from alembic import op

revision = '0058'
down_revision = '0056'

FIELDS = {
    'area': ('population',),
    'office': ('capacity',),
    'waste_site': ('capacity',),
    'road': ('width_m', 'load_limit_t', 'length_decree_m'),
    'internet_site': ('range_m',),
}


def upgrade() -> None:
    for table, columns in FIELDS.items():
        for column in columns:
            op.execute(f'update {table} set {column} = null where {column} < 0')
            op.create_check_constraint(f'ck_{table}_{column}', table, f'{column} >= 0')
