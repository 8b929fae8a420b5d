-- The candidates of a unit with all that their ranking needs, and a point on each; the first by the usual weights first.
select id, source, source_id, name, road_id, unit, owner, length_m, from_m, to_m, treatment, cost_rp, cost_made_up,
       village_code, checked_on, condition, people, saved, connected, complaints, facilities, detour, cut_off, cost,
       traffic, poverty, ijd, st_x(spot) as lon, st_y(spot) as lat
from road_priority cross join lateral st_pointonsurface(geom) as spot
where unit = :unit and (owner = any(:owners)) = cast(:own as boolean)
order by rank nulls last, id
