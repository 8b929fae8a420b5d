select id, name, category, state, geom from complaint
where geom && st_makeenvelope(:west, :south, :east, :north, 4326) and visibility <> 'secret' and moderation <> 'hidden'
