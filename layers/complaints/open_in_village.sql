-- The open reports of a category in a village that anyone may see, the newest first; by the index on villages.
select number
from complaint
where village_code = :village and category = :category and state = any(cast(:open as text[]))
  and visibility <> 'secret' and moderation <> 'hidden'
order by reported_at desc, id desc
limit :most
