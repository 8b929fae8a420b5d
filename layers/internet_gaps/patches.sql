-- All cells of each kind as one shape (EPSG:3857).
select kind, cells, st_asbinary(st_transform(geom, 3857)) as shape from internet_gap_area order by kind
