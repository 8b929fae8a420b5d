-- Who looked at the contact of a subject; events about contacts name no layer. By the index on layer and subject.
select at, actor
from event
where layer is null and subject = :subject and act = 'look_at_identity' and actor <> :but
order by id
