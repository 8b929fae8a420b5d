-- What staff asked the reporter last, by the index on layer and subject; nothing where those words were erased.
select cast(said.content as jsonb) ->> 'reason'
from event
join event_content as said on said.event_id = event.id
where event.layer = 'complaints' and event.subject = :number and event.act = 'move' and event.detail ->> 'to' = 'needs_info'
order by event.id desc
limit 1
