-- Whether somebody began work on a complaint or sent a photo of its result, since it was last disputed or opened again;
-- by the index on layer and subject.
with anew as (
    select coalesce(max(id), 0) as id
    from event
    where layer = 'complaints' and subject = :number and act = 'move'
      and detail ->> 'from' in ('resolved', 'closed', 'rejected') and detail ->> 'to' in ('in_progress', 'received')
)
select exists (
    select from event, anew
    where event.layer = 'complaints' and event.subject = :number and event.actor = :actor and event.id > anew.id
      and (event.act = 'add_photo' and event.detail ->> 'purpose' = 'result'
           or event.act = 'move' and event.detail ->> 'to' = 'in_progress' and event.detail ->> 'from' <> 'pending_check')
)
