-- A line or an area belongs to the village that holds a point on it; the lowest code settles overlapping slivers.
update the_table as feature
set village_code = found.code
from (
    select distinct on (candidate.id) candidate.id, area.code
    from area
    join the_table as candidate
      on candidate.geom && area.geom
     and st_covers(area.geom, case st_dimension(candidate.geom) when 0 then candidate.geom
                              else st_pointonsurface(candidate.geom) end)
    where area.level in ('desa', 'kelurahan') and candidate.village_code is null
    order by candidate.id, area.code
) as found
where feature.id = found.id
