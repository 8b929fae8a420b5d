select id, name, kind, geom from office where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
