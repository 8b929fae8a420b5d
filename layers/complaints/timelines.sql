-- The steps of complaints that anyone may see, with the words that staff said; by the index on layer and subject. What is
-- told in bulk says when it happened. Where the words of a step were erased, those for everybody may have been retold.
select event.subject as number, coalesce(cast(event.detail ->> 'when' as timestamptz), event.at) as at, event.act,
       coalesce(event.detail ->> 'role', 'system') as role,
       event.detail ->> 'to' as state, event.detail ->> 'category' as kind, coalesce(said.content, again.content) as content
from event
left join event_content as said on said.event_id = event.id
left join lateral (
    select kept.content
    from event as retold join event_content as kept on kept.event_id = retold.id
    where said.content is null and event.content_hash is not null
      and retold.layer = 'complaints' and retold.subject = event.subject and retold.act = 'retell'
      and cast(retold.detail ->> 'event' as bigint) = event.id
) as again on true
where event.layer = 'complaints' and event.subject = any(cast(:numbers as text[])) and event.act = any(:acts)
order by event.id
