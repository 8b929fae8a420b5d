-- The villages of a kecamatan, or (empty) of all, with their cells and people by coverage in the order asked for.
select village.code, coalesce(area.name, village.code) as name, kecamatan.name as district, village.cells,
       village.people, coalesce(standing.offices, 0) as offices, coalesce(standing.without, 0) as offices_without,
       coalesce(standing.unknown, 0) as offices_unknown
from (
    select code, array_agg(cells order by array_position(cast(:coverages as text[]), coverage)) as cells,
           array_agg(people order by array_position(cast(:coverages as text[]), coverage)) as people
    from internet_gap_village
    group by code
) as village
join area on area.code = village.code
left join area as kecamatan on kecamatan.code = area.parent_code
left join (
    select office.village_code, count(*) as offices, count(*) filter (where found.coverage in ('none', 'weak')) as without,
           count(*) filter (where found.coverage = 'unknown') as unknown
    from internet_gap_office as found join office on office.id = found.office_id
    group by office.village_code
) as standing on standing.village_code = village.code
where :district = '' or area.parent_code = :district
order by kecamatan.name, area.name, village.code
