select area.code, area.name, st_xmin(area.geom) as west, st_ymin(area.geom) as south,
       st_xmax(area.geom) as east, st_ymax(area.geom) as north
from area
where area.level = 'kabupaten' and area.code = :code
