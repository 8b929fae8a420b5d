-- The villages with their people, who is too far from a TPS, and the reports of waste since a day that anyone may see;
-- those of one kecamatan, or (empty) of all.
select served.id, served.village_code as code, served.name, kecamatan.name as district,
       area.level = 'kelurahan' as urban, served.kind, served.people, served.far, served.metres, served.limit_m,
       served.waste_m3, coalesce(dumped.reports, 0) as reports
from waste_service as served
join area on area.code = served.village_code
left join area as kecamatan on kecamatan.code = area.parent_code
left join (
    select village_code, count(*) as reports
    from complaint
    where category = 'sampah' and reported_at >= :since
      and visibility <> 'secret' and moderation <> 'hidden' and state not in ('merged', 'withdrawn', 'rejected')
    group by village_code
) as dumped on dumped.village_code = served.village_code
where :district = '' or area.parent_code = :district
order by kecamatan.name, served.name, served.village_code
