-- Some offices as seen from a point.
select st_distance(near.geom::geography, st_point(:lon, :lat, 4326)::geography) as distance_m,
       near.id, near.kind, near.name, near.phone, near.address, near.wheelchair, near.opening_hours,
       near.village_code, near.checked_on, near.source,
       st_x(near.geom) as lon,
       st_y(near.geom) as lat,
       degrees(st_azimuth(st_point(:lon, :lat, 4326)::geography, near.geom::geography)) as bearing_deg,
       (select json_agg(service order by service.name)
        from office_service join service on service.id = office_service.service_id
        where office_service.office_id = near.id) as services
from office as near
where near.id = any(:ids)
