-- The roads that touch a box, each with the pieces of it that were surveyed, in their order;
-- `spread` tells that a survey without positions speaks of the rest.
select road.id, road.function, road.surface, road.condition, road.direction, road.meets, road.load_limit_t, road.length_m,
       st_asbinary(road.geom) as geom,
       (select json_agg(json_build_array(from_m, to_m, stretch.condition) order by from_m)
        from road_stretch as stretch
        where stretch.road_id = road.id and from_m is not null) as surveyed,
       exists (select from road_stretch where road_id = road.id and from_m is null) as spread
from road
where road.geom && st_makeenvelope(:west, :south, :east, :north, 4326)
order by road.id
