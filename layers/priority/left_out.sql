-- The roads that are judged nowhere, and beneath which other road each lies.
select road.id, road.name, road.ruas_number, road.village_code, other.id as other_id, other.name as other_name,
       other.ruas_number as other_number
from priority_left_out as gone
join road on road.id = gone.road_id
left join road as other on other.id = gone.beneath
order by road.name nulls last, road.id
