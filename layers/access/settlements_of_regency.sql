-- The settlements of a regency, in the order in which they are numbered.
select settlement.id, settlement.name, settlement.village_code, st_asbinary(settlement.geom) as shape
from settlement
where settlement.village_code in (
  select village.code
  from area as district
  join area as village on village.parent_code = district.code
  where district.parent_code = :regency
)
order by settlement.id
