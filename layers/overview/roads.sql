-- The roads inside a box of EPSG:3857, as one shape for each rank: trunk roads 0, main roads 1, all others 2.
with frame as (
  select st_makeenvelope(:west, :south, :east, :north, 3857) as box
),
ranked as (
  select case when road.status = 'nasional' or road.function = 'arteri' then 0
              when road.status = 'provinsi' or road.function = 'kolektor' then 1
              when road.status = 'kabupaten' or road.function = 'lokal' then 2
              else 3 end as rank,
         st_clipbybox2d(st_transform(road.geom, 3857), frame.box) as line
  from road, frame
  where road.geom && st_transform(frame.box, 4326)
)
select least(rank, 2) as rank, st_asbinary(st_collect(st_simplify(line, :metres))) as line
from ranked
where rank <= :lowest
group by 1
order by 1
