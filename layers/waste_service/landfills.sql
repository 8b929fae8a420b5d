select id, name
from waste_site
where kind = 'tpa' and starts_with(village_code, :regency || '.')
order by name, id
