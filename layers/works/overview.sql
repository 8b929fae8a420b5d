-- What is being built first, where there are too many.
select id, name, stage, kind, st_simplify(geom, :unit * 4, true) as geom
from work
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
order by stage = 'under_way' desc, id desc
