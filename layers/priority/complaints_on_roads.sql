-- What is complained of on roads, of which anyone may know: where, whether somebody pointed that out, and how many
-- voices it has.
select asset_id as road, st_x(geom) as lon, st_y(geom) as lat, precision = 'point' as exact,
  1 + least(supporters, :cap) as voices
from complaint
where asset_layer = 'roads' and asset_id = any(:roads)
  and visibility <> 'secret' and moderation <> 'hidden' and state not in ('merged', 'withdrawn', 'rejected')
