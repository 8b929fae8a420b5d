-- The smallest areas known inside a box of EPSG:3857, each with the code of the area above it.
with frame as (
  select st_makeenvelope(:west, :south, :east, :north, 3857) as box
),
inside as (
  select area.level, area.parent_code, area.code, area.geom, frame.box
  from area, frame
  where area.geom && st_transform(frame.box, 4326) and area.level <> 'kabupaten'
)
select case when level = 'kecamatan' then code else coalesce(parent_code, code) end as district,
       st_asbinary(st_clipbybox2d(st_transform(geom, 3857), box)) as shape
from inside
where level <> 'kecamatan' or not exists (select from inside as smaller where smaller.parent_code = inside.code)
