-- Where every office stands, and of which kind it is.
select id, kind, st_x(geom) as lon, st_y(geom) as lat
from office
order by id
