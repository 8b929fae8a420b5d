-- Every event and every link, side by side in the order of the chain; what is not a link yet comes last. The parts of an
-- event are given as they were hashed when it was written.
select link.position, link.event_id as linked_id, link.hash as linked_hash, link.link,
       event.id, event.at, event.act, event.detail, event.salt, event.hash, event.content_hash,
       array[cast(event.id as text), cast(cast(extract(epoch from event.at) * 1000000 as bigint) as text), event.actor,
             event.act, event.layer, event.subject, cast(event.detail as text), encode(event.content_hash, 'hex')] as parts,
       said.event_id is not null as has_words, said.salt as words_salt, said.content as words,
       pending.event_id is not null as is_pending
from event_link as link
full join event on event.id = link.event_id
left join event_content as said on said.event_id = event.id
left join event_pending as pending on pending.event_id = event.id
order by link.position nulls last, event.id
