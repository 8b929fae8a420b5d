select area.id, area.code, area.level, area.name, above.name as above
from area left join area as above on above.code = area.parent_code
where area.code = any(:codes)
