-- What the reporter of a complaint said after it had come in; by the index on layer and subject.
select event.at, said.content
from event
join event_content as said on said.event_id = event.id
where event.layer = 'complaints' and event.subject = :number and event.actor = :actor
order by event.id
