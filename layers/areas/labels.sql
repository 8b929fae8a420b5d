-- The names that the map writes: the areas of the regency at home, each at a point that lies inside it.
select area.name, area.level, st_x(spot.geom) as lon, st_y(spot.geom) as lat, coalesce(area.area_km2, 0) as area_km2
from area cross join lateral (select st_pointonsurface(area.geom) as geom) as spot
where area.parent_code = any(
    array(select kecamatan.code from area as kecamatan where kecamatan.parent_code = :code) || cast(:code as text)
)
order by area.level, area.code
