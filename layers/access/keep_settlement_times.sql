insert into access_settlement (kind, mode, season, settlement_id, minutes, office_id)
select kind, :mode, :season, settlement_id, minutes, office_id
from unnest(cast(:kinds as text[]), cast(:settlements as bigint[]), cast(:minutes as float8[]),
            cast(:offices as bigint[])) as found(kind, settlement_id, minutes, office_id)
