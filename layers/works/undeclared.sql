-- The stretches of a work whose class it has not declared by a survey of its own, be that withdrawn since, and which
-- nobody has surveyed as a whole after its end (`ended`, null where nobody knows when that was).
select link.road_id, link.from_m, link.to_m
from work_road as link
join work on work.id = link.work_id
join road on road.id = link.road_id
where link.work_id = :work
  and not exists (
    select from road_survey as survey
    where survey.road_id = link.road_id and survey.kind = 'work' and survey.inputs ->> 'work' = work.number
      and survey.from_m = link.from_m and (link.to_m is null or abs(survey.to_m - link.to_m) <= 1)
  )
  and not exists (
    select from road_survey as survey
    where survey.road_id = link.road_id and survey.withdrawn_at is null and survey.surveyed_on > cast(:ended as date)
      and survey.from_m <= link.from_m and survey.to_m + 1 >= coalesce(link.to_m, road.length_m)
  )
order by link.road_id, link.from_m
