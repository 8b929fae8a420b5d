-- One survey.
select id, road_id, kind, from_m, to_m, surveyed_on, officer, inputs, value, metres, rule_version, source, doubt,
       recorded_at, withdrawn_at, withdrawn_because
from road_survey
where id = :survey
