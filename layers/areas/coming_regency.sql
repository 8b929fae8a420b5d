-- The one regency whose areas are being brought in, where the regency at home is but the sample's.
select min(left(incoming.code, 5))
from the_table as incoming
having count(distinct left(incoming.code, 5)) = 1
   and exists (
       select from area join preference on preference.key = 'regency' and preference.value = area.code
       where area.source = 'contoh'
   )
