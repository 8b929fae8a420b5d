-- How many messages wait, were sent, and were given up, by reason, and since when the oldest has been there.
select case when sent_at is not null then 'sent' when given_up_at is not null then 'given up' else 'waiting' end as stage,
       case when sent_at is null then problem end as problem, count(*) as messages, min(posted_at) as oldest
from outbox
group by 1, 2
order by 1, 2 nulls first
