-- What a layer's tile.sql or overview.sql gives in a view, gathered by the values of one field; `most` of them at most.
select near.{field} as kind, array_agg(st_asbinary(st_transform(near.geom, 3857))) as shapes
from ({features} limit :most) as near
where near.{field} is not null and not st_isempty(near.geom)
group by near.{field}
