-- The roads of a source that a file of surveys speaks of; the straight line runs from the first to the last point.
select source_id, id, surface, length_m,
       st_distance(st_startpoint(st_geometryn(geom, 1))::geography,
                   st_endpoint(st_geometryn(geom, st_numgeometries(geom)))::geography) as straight_m
from road
where source = :source and source_id = any(cast(:ids as text[]))
