-- The complaints that changed last, of those that anyone may see, with the words that a moderator has let pass; by the index on
-- the time of change; what was only made anonymous after its time is no news. Where an area is named, those in its villages.
select number, name as title, story, category, coalesce(kind, category) as kind, state, village_code, reported_at,
       updated_at as changed_at, st_x(geom) as lon, st_y(geom) as lat
from complaint
where visibility <> 'secret' and moderation <> 'hidden' and anonymised_for is distinct from 'retention'
  and (cast(:category as text) is null or category = :category)
  and (cast(:area as text) is null or village_code = any(array(select code from area where code = :area or parent_code = :area)))
order by updated_at desc, id desc
limit :most
