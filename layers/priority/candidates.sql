-- The roads of the regency that people drive on.
select road.id, road.source, road.source_id, road.name, road.ruas_number, road.status, road.village_code,
       road.condition_on
from road
where starts_with(road.village_code, :regency || '.') and road.function is distinct from 'setapak'
order by road.id
