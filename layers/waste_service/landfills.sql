select id, name
from waste_site
where kind = 'tpa' and village_code like :regency || '.%'
order by name, id
