-- A point in the middle of the longest line of some roads.
select road.id, st_x(spot) as lon, st_y(spot) as lat
from road
cross join lateral (
    select st_lineinterpolatepoint(part.geom, 0.5) as spot
    from st_dump(road.geom) as part
    order by st_length(part.geom) desc limit 1
) as longest
where road.id = any(:roads)
order by road.id
