-- The surveys of some roads that have not been withdrawn; a road without any comes once, without a survey.
select road.id as road_id, road.length_m, survey.id as survey, survey.kind, survey.surveyed_on,
       survey.from_m, survey.to_m, survey.metres
from road
left join road_survey as survey on survey.road_id = road.id and survey.withdrawn_at is null
where road.id = any(cast(:roads as bigint[]))
order by road.id
