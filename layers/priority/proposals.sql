-- What could be built, of a unit: its place on the map of the web (EPSG:3857) and a point on it.
select id, key as source_id, name, unit, village_code, length_m, criteria,
       st_asbinary(st_transform(geom, 3857)) as shape, st_x(spot) as lon, st_y(spot) as lat
from priority_proposal cross join lateral st_pointonsurface(geom) as spot
where unit = :unit
order by key
