-- The nearest village to `spot.point`; the lowest code settles a tie. :reach is in metres, and the box is a little wider
-- than that everywhere outside the polar caps.
select area.code, area.name, area.level, area.parent_code,
       st_distance(cast(area.geom as geography), cast(spot.point as geography)) as distance
from area
where area.level in ('desa', 'kelurahan')
  and area.geom && st_expand(spot.point,
                             :reach / 110000.0 / greatest(cos(radians(st_y(spot.point))), 0.01),
                             :reach / 110000.0)
order by distance, area.code
limit 1
