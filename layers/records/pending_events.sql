-- Take events that are not links yet off their list, the oldest first; one whose event is gone stays there as a trace.
with taken as (
    delete from event_pending
    where event_id in (select pending.event_id
                       from event_pending as pending join event on event.id = pending.event_id
                       order by pending.event_id limit :most)
    returning event_id
)
select event.id, event.hash from taken join event on event.id = taken.event_id order by event.id
