-- The names of areas around whose inner point a box of EPSG:3857 lies, larger areas first.
select area.name, area.level = 'kecamatan' as major, st_x(middle.point) as lon, st_y(middle.point) as lat
from area, lateral (select st_pointonsurface(area.geom) as point) as middle
where area.geom && st_transform(st_makeenvelope(:west, :south, :east, :north, 3857), 4326)
  and area.level = any(:levels) and area.name is not null
order by major desc, area.area_km2 desc nulls last, area.code
