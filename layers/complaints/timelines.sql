-- The steps of complaints that anyone may see, with the words that staff said; by the index on layer and subject. What is
-- told in bulk says when it happened.
select event.subject as number, coalesce(cast(event.detail ->> 'when' as timestamptz), event.at) as at, event.act,
       coalesce(event.detail ->> 'role', 'system') as role,
       event.detail ->> 'to' as state, event.detail ->> 'category' as kind, said.content
from event
left join event_content as said on said.event_id = event.id
where event.layer = 'complaints' and event.subject = any(cast(:numbers as text[])) and event.act = any(:acts)
order by event.id
