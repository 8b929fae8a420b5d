-- Regencies and districts: villages would be hair beside hair.
select id, name, level, code, st_simplify(geom, :unit * 4, true) as geom
from area
where level in ('kabupaten', 'kecamatan') and geom && st_makeenvelope(:west, :south, :east, :north, 4326)
