create temporary table relocated on commit drop as
select id, geom, cast(null as text) as village_code from the_table;
create index on relocated using gist (geom);
analyze relocated
