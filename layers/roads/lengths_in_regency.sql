-- Metres of road by kecamatan, status and class within one regency. A road across a border counts on each side by the
-- share of its length there, and so do its classes.
with part as (
  select road.id, road.status, road.length_m, kecamatan.code,
         case when st_covers(kecamatan.geom, road.geom) then road.geom
              else st_intersection(road.geom, kecamatan.geom) end as geom
  from area as kecamatan
  join road on st_intersects(kecamatan.geom, road.geom)
  where kecamatan.level = 'kecamatan' and kecamatan.parent_code = :regency
), share as (
  select id, status, code, length_m, st_length(geom::geography) / nullif(length_m, 0) as inside
  from part
), stated as (
  select stretch.road_id, sum(stretch.length_m) as length_m, bool_and(stretch.from_m is not null) as placed
  from road_stretch as stretch
  group by stretch.road_id
), lengths as (
  select share.code, share.status, stretch.condition, stretch.length_m * share.inside as length_m
  from share
  join road_stretch as stretch on stretch.road_id = share.id
  union all
  select share.code, share.status, 'belum_disurvei',
         greatest(share.length_m - coalesce(stated.length_m, 0), 0) * share.inside
  from share
  left join stated on stated.road_id = share.id
  where coalesce(stated.placed, true)
)
select code, status, condition, sum(length_m) as length_m
from lengths
group by code, status, condition
