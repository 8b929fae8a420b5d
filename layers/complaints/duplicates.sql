-- The reports of a category near a place that came before a moment, or later too, the nearest first. The box of a circle
-- asks the index. Those of which only the village is known lie nowhere near anything.
select id, number, version, name, state, reported_at, distance_m, still_open
from (
    select complaint.id, number, version, complaint.name, state, reported_at,
           st_distance(cast(geom as geography), here.place) as distance_m,
           coalesce(closed_at > :at, true) as still_open
    from complaint,
         (select cast(st_setsrid(st_makepoint(:lon, :lat), 4326) as geography) as place) as here
    where geom && st_setsrid(cast(st_buffer(here.place, cast(:reach_m as float8)) as geometry), 4326)
      and category = :category and precision = 'point' and (reported_at < :at or :later)
      and state not in ('merged', 'withdrawn', 'rejected')
      and (:for_staff or (visibility <> 'secret' and moderation <> 'hidden'))
) as near
where distance_m <= :reach_m and (still_open or :for_staff)
order by distance_m, id
limit :most
