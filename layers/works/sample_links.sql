-- The ruas of the sample's works, which their source ids name.
select work.id as work, work.source_id, road.id as road, road.length_m
from work
join road on road.source = work.source and road.source_id = split_part(work.source_id, '@', 2)
where work.source = :source
order by work.id
