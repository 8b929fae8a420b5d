-- The message whose turn it is, noted as tried before anything is sent: who dies meanwhile leaves it for after the pause.
-- Two senders never take the same one.
update outbox
set tries = tries + 1, next_try_at = clock_timestamp() + (cast(:pauses as interval[]))[least(tries + 1, :last)]
where id = (
    select id from outbox
    where sent_at is null and given_up_at is null and next_try_at <= clock_timestamp()
    order by next_try_at, id
    limit 1
    for update skip locked
)
returning *
