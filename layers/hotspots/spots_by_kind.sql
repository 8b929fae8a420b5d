-- The squares that stand out, joined by kind (EPSG:3857), with how many they are and which weeks were counted.
select kind, count(*) as squares, min(period_from) as since, max(period_to) as until,
       st_asbinary(st_transform(st_union(geom), 3857)) as shape
from hotspot
where kind in ('hot', 'cold')
group by kind
