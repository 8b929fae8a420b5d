-- What phones measured over the mobile network, and what people said, of late and in a box.
select says, operator, down_mbps, hour, st_x(geom) as lon, st_y(geom) as lat
from internet_measurement
where via = 'seluler' and hour >= now() - cast(:lasting as interval) and geom && st_makeenvelope(:west, :south, :east, :north, 4326)
order by id
