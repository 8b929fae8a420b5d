-- The stretches of a road as its surveys leave them, in their order along it; those without a position last.
select stretch.from_m, stretch.to_m, stretch.length_m, stretch.condition, stretch.survey_id, survey.kind, survey.surveyed_on
from road_stretch as stretch
join road_survey as survey on survey.id = stretch.survey_id
where stretch.road_id = :road
order by stretch.from_m nulls last, stretch.id
