-- Whether a thing stands within :reach metres of a point, or in the village for which a point stands that is not exact.
select st_dwithin(cast(thing.geom as geography), cast(here.point as geography), :reach)
       or (not :exact and exists (
           select from area
           where area.level in ('desa', 'kelurahan')
             and st_covers(area.geom, here.point) and st_intersects(area.geom, thing.geom)))
from the_table as thing,
     (select st_setsrid(st_makepoint(cast(:lon as float8), cast(:lat as float8)), 4326) as point) as here
where thing.id = :id
