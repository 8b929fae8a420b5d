-- The first rule that a complaint meets; those about the owner of a thing stand before all others. Whether a village
-- that was named lies in an area that somebody drew is not known by the point that stands for it.
select id, agency, authority, why, why_en, area_name
from complaint_route
where (asset_layer is null or asset_layer = :asset_layer)
  and (asset_kind is null or asset_kind = :asset_kind)
  and (kind is null or kind = :kind or kind = :category)
  and (area is null
       or ((:exact or area_name is null)
           and st_intersects(area, st_setsrid(st_makepoint(cast(:lon as float8), cast(:lat as float8)), 4326))))
  and (starts is null or ends is null
       or case when starts <= ends then cast(:hour as time) >= starts and cast(:hour as time) < ends
               else cast(:hour as time) >= starts or cast(:hour as time) < ends end)
order by asset_layer is null, position, id
limit 1
