-- What was done to a complaint after a version that somebody had read.
select act, coalesce(detail ->> 'role', 'system') as role, at, coalesce(detail ->> 'to', '') as state
from event
where layer = 'complaints' and subject = :number and cast(detail ->> 'version' as int) > :version
order by id
