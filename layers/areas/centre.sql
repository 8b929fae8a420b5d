-- A point within an area, by the area's code.
select st_x(point) as lon, st_y(point) as lat
from area, lateral st_pointonsurface(area.geom) as point
where area.code = :code
