-- The stretches of a work whose class it has not declared by a survey of its own, be that withdrawn since.
select link.road_id, link.from_m, link.to_m
from work_road as link
where link.work_id = :work
  and not exists (
    select from road_survey as survey
    where survey.road_id = link.road_id and survey.kind = 'work' and survey.inputs ->> 'work' = :number
      and survey.from_m = link.from_m and (link.to_m is null or abs(survey.to_m - link.to_m) <= 1)
  )
order by link.road_id, link.from_m
