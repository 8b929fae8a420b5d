-- Slivers overlap and gaps lie between villages, so the answer is the nearest of those within reach.
with spot as (
    select st_setsrid(st_makepoint(cast(:lon as float8), cast(:lat as float8)), 4326) as point
)
select village.code, village.name, village.level, kecamatan.name as kecamatan, kabupaten.name as kabupaten
from spot
cross join lateral (the_nearest_village) as village
left join area as kecamatan on kecamatan.code = village.parent_code
left join area as kabupaten on kabupaten.code = kecamatan.parent_code
where village.distance <= :reach
