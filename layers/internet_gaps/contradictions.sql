-- Cells where a measurement, or people, contradict what operators declare.
select cell.id, coalesce(cell.name, '') as village, coalesce(kecamatan.name, '') as district,
       cell.contradiction as reason, cell.declared_by, cell.mbps, cell.silent, cell.checked_on
from internet_gap as cell
left join area on area.code = cell.village_code
left join area as kecamatan on kecamatan.code = area.parent_code
where cell.contradiction in ('measured', 'people')
order by cell.contradiction, kecamatan.name, cell.name, cell.id
