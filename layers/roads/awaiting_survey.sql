-- Stretches whose class a finished work has declared, and which nobody has surveyed since.
select road.id, road.name, road.ruas_number, road.village_code, survey.surveyed_on as declared_on, survey.inputs ->> 'work' as work,
       sum(stretch.length_m) as length_m
from road_survey as survey
join road_stretch as stretch on stretch.survey_id = survey.id
join road on road.id = survey.road_id
where survey.kind = 'work' and survey.withdrawn_at is null
group by road.id, survey.id
order by survey.surveyed_on, road.id
