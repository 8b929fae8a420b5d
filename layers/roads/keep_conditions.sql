-- Write the condition of roads where it has changed; the arrays run side by side.
update road
set condition = found.condition, condition_on = found.condition_on
from unnest(cast(:roads as bigint[]), cast(:conditions as text[]), cast(:days as date[]))
     as found (road_id, condition, condition_on)
where road.id = found.road_id
  and (road.condition, road.condition_on) is distinct from (found.condition, found.condition_on)
