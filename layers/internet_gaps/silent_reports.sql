-- Complaints of a missing signal, of late and in a box: each stands for a person who says so.
-- Where only the village is known, nobody knows which part of it is silent.
select st_x(geom) as lon, st_y(geom) as lat, source
from complaint
where kind = 'sinyal_hilang' and precision = 'point' and reported_at >= now() - cast(:lasting as interval)
  and coalesce(happened_at, reported_at) >= now() - cast(:lasting as interval)
  and geom && st_makeenvelope(:west, :south, :east, :north, 4326)
  and visibility <> 'secret' and moderation <> 'hidden' and state not in ('merged', 'withdrawn', 'rejected')
order by id
