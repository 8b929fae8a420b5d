-- The regencies in which settlements are known to lie, by code.
select regency.code
from area as regency
where regency.level = 'kabupaten'
  and exists (
    select from area as district
    join area as village on village.parent_code = district.code
    join settlement on settlement.village_code = village.code
    where district.parent_code = regency.code
  )
order by regency.code
