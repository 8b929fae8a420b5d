-- How many reports lie in each square of the grid within the regency, of those that anyone may see and that stand for
-- a matter of their own. Those of which only the village is known would make its middle a hot spot.
select cast(floor(st_x(place) / :size_m) as int) as column, cast(floor(st_y(place) / :size_m) as int) as row,
       count(*) as n
from (
    select st_transform(complaint.geom, cast(:utm as int)) as place
    from complaint join area on st_covers(area.geom, complaint.geom)
    where area.level = 'kabupaten' and area.code = :code and precision = 'point' and reported_at >= :since
      and visibility <> 'secret' and moderation <> 'hidden' and state not in ('merged', 'withdrawn', 'rejected')
) as counted
group by 1, 2
