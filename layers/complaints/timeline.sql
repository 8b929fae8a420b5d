-- The steps of a complaint that anyone may see, with the words that staff said; by the index on layer and subject. What is
-- told in bulk says when it happened.
select coalesce(cast(event.detail ->> 'when' as timestamptz), event.at) as at, event.act, coalesce(event.detail ->> 'role', 'system') as role,
       event.detail ->> 'to' as state, said.content
from event
left join event_content as said on said.event_id = event.id
where event.layer = 'complaints' and event.subject = :number and event.act = any(:acts)
order by event.id
