-- Works that meet what was asked; an empty question is met by all, and whoever asks adds the order. Days late count
-- from the end as last agreed, to the day on which the work was finished, or to today while it is not.
select id, number, name, kind, stage, stage_on, agency, fund, year, budget, contract_value, spent, progress, contractor,
       planned_end, finished_on, village_code, source, st_x(spot) as lon, st_y(spot) as lat, distance_m, late_days,
       count(*) over () as total
from (
  select work.*, st_pointonsurface(geom) as spot,
         st_distance(geom::geography, st_point(:lon, :lat, 4326)::geography) as distance_m,
         case when stage in ('contracted', 'under_way') then greatest(cast(:today as date) - planned_end, 0)
              when stage in ('finished', 'maintained') then greatest(finished_on - planned_end, 0)
              else 0 end as late_days
  from work
  where (cast(:stage as text) is null or stage = :stage)
    and (cast(:kind as text) is null or kind = :kind)
    and (cast(:year as text) is null or year = :year)
    and (cast(:agency as text) is null or agency = :agency)
    and (cast(:district as text) is null or village_code like :district)
    and (cast(:words as text) is null or lower(name) like :words or lower(contractor) like :words or lower(number) like :words)
) as known
where not :late or late_days > 0
