-- All names under which somebody reported or follows a complaint: with the same e-mail address, which got the letter whose link
-- was used; or confirmed otherwise. Nothing where no address is kept of whoever only came along with a report of his own.
with named as (
    select follower as name, confirmed from complaint_follower where complaint_id = :complaint
    union all
    select 'reporter:' || coalesce(origin_id, id), true from complaint where id = :complaint
),
known as (
    select named.name, identity.email_hash
    from named
    join identity on identity.subject = replace(named.name, 'reporter:', 'complaint:')
)
select other.name
from known as mine
join known as other on other.email_hash = mine.email_hash
where mine.name = :person
union
select name from named where name = :person and confirmed
