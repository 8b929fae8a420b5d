-- The code of the only kabupaten, unless the regency at home already stands on the map.
select min(code)
from area
where level = 'kabupaten'
having count(*) = 1
   and not exists (select from area join preference on preference.key = 'regency' and preference.value = area.code)
