-- Offices and TPS of the regency that a scenario may close or move: those whose keys are given, and those whose names
-- hold some words (a pattern of LIKE), or, without words, TPS alone.
select key, kind, name, village_code
from (
    select 'o:' || id as key, kind, name, village_code from office where kind = any(:kinds)
    union all
    select 'w:' || id, 'tps', name, village_code from waste_site where kind in ('tps', 'tps3r')
) as place
where starts_with(village_code, :regency || '.')
  and (key = any(:keys) or lower(name) like :words and (:all or kind = 'tps'))
order by key = any(:keys) desc, name, key
limit :most
