-- Everything that was done to a complaint, with the words that were said; by the index on layer and subject. What says
-- no role is told by what its actor is: account:12 is one of staff.
select event.at, event.act, coalesce(event.detail ->> 'role', split_part(event.actor, ':', 1)) as role,
       event.detail ->> 'to' as state, said.content
from event
left join event_content as said on said.event_id = event.id
where event.layer = 'complaints' and event.subject = :number
order by event.id
