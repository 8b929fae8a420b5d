-- Metres of road by status and class; what no stretch says anything of is unsurveyed.
with stated as (
  select road_id, sum(length_m) as length_m, bool_and(from_m is not null) as placed
  from road_stretch
  group by road_id
), lengths as (
  select road.id, stretch.condition, stretch.length_m
  from road
  join road_stretch as stretch on stretch.road_id = road.id
  union all
  select road.id, 'belum_disurvei', greatest(road.length_m - coalesce(stated.length_m, 0), 0)
  from road
  left join stated on stated.road_id = road.id
  where coalesce(stated.placed, true)
)
select road.status, lengths.condition, sum(lengths.length_m) as length_m
from road
join lengths on lengths.id = road.id
where cast(:source as text) is null or road.source = :source
group by road.status, lengths.condition
