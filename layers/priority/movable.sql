-- Offices and TPS of the regency that a scenario may close or move: those whose names hold some words (a pattern of
-- LIKE), or, without words, TPS alone.
select key, kind, name, village_code
from (
    select 'o:' || id as key, kind, name, village_code from office
    where kind = any(:kinds) and lower(name) like :words and starts_with(village_code, :regency || '.')
    union all
    select 'w:' || id, 'tps', name, village_code from waste_site
    where kind in ('tps', 'tps3r') and lower(name) like :words and starts_with(village_code, :regency || '.')
) as place
where :all or kind = 'tps'
order by name, key
limit :most
