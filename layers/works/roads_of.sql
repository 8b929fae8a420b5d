-- The stretches of roads that a work mends.
select link.id, link.road_id, link.from_m, link.to_m, road.name, road.ruas_number, road.length_m, road.condition
from work_road as link
join road on road.id = link.road_id
where link.work_id = :work
order by link.id
