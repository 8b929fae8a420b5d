-- What was done to a work, the oldest first, with the words that were said; what is told in bulk says when it happened.
select coalesce(cast(event.detail ->> 'when' as timestamptz), event.at) as at, event.act,
       coalesce(event.detail ->> 'role', 'system') as role, event.detail ->> 'stage' as stage, event.detail, said.content
from event
left join event_content as said on said.event_id = event.id
where event.layer = 'works' and event.subject = :number
order by event.id
