-- Offices that stand where the coverage is one of some.
select office.id, coalesce(office.name, '') as name, office.kind, coalesce(area.name, '') as village,
       coalesce(kecamatan.name, '') as district, found.coverage, found.evidence
from internet_gap_office as found
join office on office.id = found.office_id
left join area on area.code = office.village_code
left join area as kecamatan on kecamatan.code = area.parent_code
where found.coverage = any(:coverages)
order by array_position(cast(:coverages as text[]), found.coverage), kecamatan.name, office.name, office.id
