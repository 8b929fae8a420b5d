-- The sites with what is known of each, and the reports of waste near it since a day that anyone may see; not those of
-- which only the village is known.
select site.id, site.name, site.kind, site.village_code, area.name as village, st_x(site.geom) as lon,
       st_y(site.geom) as lat, site.capacity, site.capacity_unit, site.pickup_days, served.people,
       served.nearest_people, served.waste_m3, served.gap_days, served.fill_m3, served.capacity_m3, served.fullness,
       served.standing, served.river_m, served.homes_m, served.near_river, served.near_homes, near.reports
from waste_site_service as served
join waste_site as site on site.id = served.site_id
left join area on area.code = site.village_code
cross join lateral (
    select count(*) as reports
    from complaint
    where complaint.geom && st_expand(site.geom, :near_m / 110000.0 * 1.01)
      and st_dwithin(cast(complaint.geom as geography), cast(site.geom as geography), :near_m)
      and category = 'sampah' and precision = 'point' and reported_at >= :since
      and visibility <> 'secret' and moderation <> 'hidden' and state not in ('merged', 'withdrawn', 'rejected')
) as near
order by served.fullness desc nulls last, site.name, site.id
