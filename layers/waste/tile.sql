select id, name, kind, geom from waste_site where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
