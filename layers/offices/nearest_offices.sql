-- The index orders by distance on a sphere, the true distance is on the spheroid. An office not taken is at least as far on
-- the sphere as the last one taken, so within `reach` nothing is missed. One row always comes back: it says how far that is.
with candidate as materialized (
  select office.*,
         office.geom::geography <-> st_point(:lon, :lat, 4326)::geography as sphere_m,
         st_distance(office.geom::geography, st_point(:lon, :lat, 4326)::geography) as distance_m
  from office
  where {filters}
  order by sphere_m
  limit :take
),
sure as (
  select case when count(*) < :take then 'infinity' else max(sphere_m) * :sphere_to_spheroid end as reach from candidate
)
select sure.reach, near.distance_m,
       near.id, near.kind, near.name, near.phone, near.address, near.wheelchair, near.opening_hours,
       near.village_code, near.checked_on, near.source,
       st_x(near.geom) as lon,
       st_y(near.geom) as lat,
       degrees(st_azimuth(st_point(:lon, :lat, 4326)::geography, near.geom::geography)) as bearing_deg,
       (select json_agg(service order by service.name)
        from office_service join service on service.id = office_service.service_id
        where office_service.office_id = near.id) as services
from sure
left join candidate as near on near.distance_m <= sure.reach
order by near.distance_m, near.id
limit :limit
