-- How many offices of each kind stand in kelurahan (urban) and in desa.
select office.kind, area.level = 'kelurahan' as urban, count(*) as number
from office
join area on area.code = office.village_code and area.level in ('desa', 'kelurahan')
where area.parent_code in (select code from area where level = 'kecamatan' and parent_code = :regency)
group by 1, 2
