-- Works that meet what was asked; whoever asks adds the order and the page. Days late count from the end as last agreed,
-- to the day on which the work was finished, or to today while it is not. The distance is that on a sphere, by which an
-- index can order: within half a hundredth of the true one.
select id, number, name, kind, stage, stage_on, agency, fund, year, budget, contract_value, spent, progress, contractor,
       planned_end, finished_on, village_code, source,
       st_x(st_pointonsurface(geom)) as lon, st_y(st_pointonsurface(geom)) as lat,
       geom::geography <-> st_point(:lon, :lat, 4326)::geography as distance_m,
       case when stage in ('contracted', 'under_way') then greatest(cast(:today as date) - planned_end, 0)
            when stage in ('finished', 'maintained') then greatest(finished_on - planned_end, 0)
            else 0 end as late_days
from work
where {filters}
