-- What a layer's tile.sql or overview.sql gives in a view, gathered by the values of one field; `most` of them at most.
select near.kind, array_agg(st_asbinary(st_transform(near.geom, 3857))) as shapes
from (
  select own.{field} as kind, own.geom
  from ({features}) as own
  where own.{field} is not null and not st_isempty(own.geom)
  limit :most
) as near
group by near.kind
