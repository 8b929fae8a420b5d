-- Everything that was done to a complaint, with the words that were said; by the index on layer and subject. What says
-- no role is told by what its actor is: account:12 is one of staff. What was said to everybody and retold when other
-- words were erased stands where it was said.
select event.at, event.act, coalesce(event.detail ->> 'role', split_part(event.actor, ':', 1)) as role,
       event.detail ->> 'to' as state, coalesce(said.content, kept.content) as content
from event
left join event_content as said on said.event_id = event.id
left join event as retold on said.content is null and event.content_hash is not null
      and retold.layer = 'complaints' and retold.subject = event.subject and retold.act = 'retell'
      and cast(retold.detail ->> 'event' as bigint) = event.id
left join event_content as kept on kept.event_id = retold.id
where event.layer = 'complaints' and event.subject = :number and event.act <> 'retell'
order by event.id
