-- Planned, agreed and spent by kecamatan and budget year, in rupiah; proposals and what was cancelled do not count.
select left(work.village_code, 8) as district, area.name, work.year, count(*) as works,
       coalesce(sum(budget), 0) as planned, coalesce(sum(contract_value), 0) as agreed, coalesce(sum(spent), 0) as spent
from work
left join area on area.code = left(work.village_code, 8) and area.level = 'kecamatan'
where stage not in ('proposal', 'cancelled')
group by 1, 2, 3
order by 2 nulls last, 3
