-- Everything that was done to a complaint, with the words that were said; by the index on layer and subject.
select event.at, event.act, coalesce(event.detail ->> 'role', 'system') as role,
       event.detail ->> 'to' as state, said.content
from event
left join event_content as said on said.event_id = event.id
where event.layer = 'complaints' and event.subject = :number
order by event.id
