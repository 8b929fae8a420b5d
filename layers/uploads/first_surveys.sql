-- The first surveys that an import has just made, with their roads.
select coalesce(road.name, road.ruas_number, road.source_id) as road, survey.kind, survey.surveyed_on,
       survey.metres, survey.doubt
from road_survey as survey join road on road.id = survey.road_id
where survey.id > :last
order by survey.id
limit :most
