-- Roads by number or name, for somebody who looks for the one that a work mends; by the trigram indexes.
select id, name, ruas_number, status, length_m, village_code
from road
where lower(name) like :words or lower(ruas_number) like :words
order by length_m desc
limit 20
