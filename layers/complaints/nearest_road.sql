-- The road at a place: the nearest within :reach metres, if there is any.
with here as (
    select st_setsrid(st_makepoint(cast(:lon as float8), cast(:lat as float8)), 4326) as point
)
select near.id, near.status
from here cross join lateral (
    select road.id, road.status, st_distance(cast(road.geom as geography), cast(here.point as geography)) as metres
    from road
    where road.geom && st_expand(here.point,
                                 :reach / 110000.0 / greatest(cos(radians(st_y(here.point))), 0.01),
                                 :reach / 110000.0)
    order by metres, road.id
    limit 1
) as near
where near.metres <= :reach
