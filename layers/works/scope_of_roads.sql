-- The stretches of some ruas as one shape; metres run along the parts of a road in their order. The arrays run side by side.
with wanted as (
  select wanted.road_id, wanted.from_m, coalesce(wanted.to_m, 'infinity') as to_m
  from unnest(cast(:roads as bigint[]), cast(:starts as float8[]), cast(:ends as float8[])) as wanted (road_id, from_m, to_m)
), part as (
  select wanted.*, dumped.geom, dumped.path[1] as n, st_length(dumped.geom::geography) as length_m
  from wanted
  join road on road.id = wanted.road_id
  cross join st_dump(road.geom) as dumped
), placed as (
  select *, sum(length_m) over (partition by road_id, from_m, to_m order by n) - length_m as start_m
  from part
)
select st_asbinary(st_collect(
         st_linesubstring(geom, greatest(from_m - start_m, 0) / length_m, least((to_m - start_m) / length_m, 1))
         order by road_id, n)) as shape
from placed
where length_m > 0 and start_m < to_m and start_m + length_m > from_m
