-- Keep what could be built as it is now; what is still there keeps its number.
insert into priority_proposal (unit, key, name, village_code, length_m, criteria, geom)
select unit, key, name, village_code, length_m, criteria, st_setsrid(st_geomfromtext(wkt), 4326)
from jsonb_to_recordset(cast(:rows as jsonb)) as row (
    unit text, key text, name text, village_code text, length_m double precision, criteria jsonb, wkt text
)
on conflict (key) do update
set name = excluded.name, village_code = excluded.village_code, length_m = excluded.length_m,
    criteria = excluded.criteria, geom = excluded.geom
