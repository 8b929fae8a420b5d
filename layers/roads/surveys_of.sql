-- The surveys of a road, the newest first.
select id, kind, from_m, to_m, surveyed_on, officer, inputs, value, metres, rule_version, source, doubt,
       recorded_at, withdrawn_at, withdrawn_because
from road_survey
where road_id = :road
order by surveyed_on desc, id desc
