insert into access_village
    (kind, mode, season, code, minutes, office_id, within_15, within_30, within_60, reached, supply)
select kind, :mode, :season, code, minutes, office_id, within_15, within_30, within_60, reached, supply
from unnest(cast(:kinds as text[]), cast(:codes as text[]), cast(:minutes as float8[]), cast(:offices as bigint[]),
            cast(:quarter as float8[]), cast(:half as float8[]), cast(:hour as float8[]),
            cast(:reached as float8[]), cast(:supply as float8[]))
     as found(kind, code, minutes, office_id, within_15, within_30, within_60, reached, supply)
