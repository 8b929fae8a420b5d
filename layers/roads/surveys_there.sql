-- The surveys of some roads that count, as a file of surveys would meet them again.
select id, road_id, kind, surveyed_on, from_m, to_m, source, inputs
from road_survey
where withdrawn_at is null and road_id = any(cast(:roads as bigint[]))
