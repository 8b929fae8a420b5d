-- An area by its code; where only its parts are on the map (the kabupaten of a province), those of the highest level.
with part as (
    select asked.code as asked, area.code, area.name, area.geom,
           rank() over (partition by asked.code order by length(area.code)) as rank
    from unnest(cast(:codes as text[])) as asked(code)
    join area on area.code = asked.code or starts_with(area.code, asked.code || '.')
)
select asked, code, name, st_asbinary(geom) as shape from part where rank = 1
