-- What lies in no village, but within reach of one, fell into a gap between boundaries: it belongs to the nearest. Most
-- of what is left may lie in another part of the world, so the extent of all villages is asked first.
with extent as (
    select st_setsrid(cast(st_extent(geom) as geometry), 4326) as box from area where level in ('desa', 'kelurahan')
)
update the_table as feature
set village_code = found.code
from (
    select spot.id, village.code
    from (
        select id, case st_dimension(geom) when 0 then geom else st_pointonsurface(geom) end as point
        from the_table
        where village_code is null
          and geom && (select st_expand(box, :reach / 110000.0
                                             / greatest(cos(radians(greatest(abs(st_ymin(box)), abs(st_ymax(box))))), 0.01))
                       from extent)
    ) as spot
    cross join lateral (the_nearest_village) as village
    where village.distance <= :reach
) as found
where feature.id = found.id
