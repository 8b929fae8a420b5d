-- The photos of the result of a complaint that were added since work on it was last found wanting: by its checker, by
-- who disputed it, or by who had it opened again; all of them where it never was. By the index on layer and subject.
select photo.name
from complaint_photo as photo
where photo.complaint_id = :complaint and photo.purpose = 'result'
  and photo.added_at >= (
      select coalesce(max(event.at), '-infinity')
      from event
      where event.layer = 'complaints' and event.subject = :number and event.act = 'move'
        and event.detail ->> 'from' in ('pending_check', 'resolved', 'closed')
        and event.detail ->> 'to' in ('in_progress', 'received'))
order by photo.id
