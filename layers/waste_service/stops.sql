-- The TPS and TPS3R of the regency with what they get a day, and the TPA that trucks start from.
select site.id, site.kind, site.name, site.pickup_days, site.capacity, site.capacity_unit, served.waste_m3,
       served.capacity_m3, area.name as village,
       st_x(site.geom) as lon, st_y(site.geom) as lat
from waste_site as site
left join waste_site_service as served on served.site_id = site.id
left join area on area.code = site.village_code
where (site.kind in ('tps', 'tps3r') and starts_with(site.village_code, :regency || '.'))
   or (site.kind = 'tpa' and site.id = :landfill)
order by site.kind <> 'tpa', site.id
