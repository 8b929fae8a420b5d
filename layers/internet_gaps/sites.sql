-- Towers and coverage in a box, the newest measurement last, so that it has the last word.
select kind, operator, technology, range_m, height_m, signal_dbm, measured_on, source, st_asbinary(geom) as shape
from internet_site
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
order by measured_on nulls first, id
