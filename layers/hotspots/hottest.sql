-- The squares where complaints gather most, each with the village at its middle.
select id, name, around, usual
from hotspot
where kind = 'hot'
order by z desc, id
limit :most
