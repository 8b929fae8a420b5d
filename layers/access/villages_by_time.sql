-- The villages with their way to the nearest office of a kind; those of one kecamatan, or (empty) of all.
select access.id, access.village_code as code, access.name, kecamatan.code as district_code, kecamatan.name as district,
       area.level = 'kelurahan' as urban, access.people, access.near_all_season, timed.minutes, timed.within_15,
       timed.within_30, timed.within_60, timed.reached, timed.supply, office.id as office_id, office.name as office
from access
join area on area.code = access.village_code
left join area as kecamatan on kecamatan.code = area.parent_code
left join access_village as timed
       on timed.kind = :kind and timed.mode = :mode and timed.season = :season and timed.code = access.village_code
left join office on office.id = timed.office_id
where :district = '' or area.parent_code = :district
order by kecamatan.name, access.name, access.village_code
