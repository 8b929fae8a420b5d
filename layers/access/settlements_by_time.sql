-- The settlements with their way to the nearest office of a kind; those of one kecamatan, or (empty) of all.
select settlement.id, settlement.name, village.name as village, kecamatan.name as district, timed.minutes,
       office.id as office_id, office.name as office
from access_settlement as timed
join settlement on settlement.id = timed.settlement_id
join area as village on village.code = settlement.village_code
left join area as kecamatan on kecamatan.code = village.parent_code
left join office on office.id = timed.office_id
where timed.kind = :kind and timed.mode = :mode and timed.season = :season
  and (:district = '' or village.parent_code = :district)
order by kecamatan.name, village.name, settlement.name, settlement.id
