-- Where the people of each village live: in its settlements by their ground, or about its middle where none is known.
with village as (
    select code, population, geom from area
    where level in ('desa', 'kelurahan') and population is not null and starts_with(code, :regency || '.')
), home as (
    select village_code, st_pointonsurface(geom) as place, st_area(geom) as ground
    from settlement where starts_with(village_code, :regency || '.')
), share as (
    select village_code, place, ground / sum(ground) over (partition by village_code) as part from home
)
select village.code, st_x(spot.place) as lon, st_y(spot.place) as lat, village.population * spot.part as people
from village
left join share on share.village_code = village.code
cross join lateral (
    select coalesce(share.place, st_pointonsurface(village.geom)) as place, coalesce(share.part, 1.0) as part
) as spot
order by 1, 2, 3
