-- The followers of one complaint, and its reporter, follow another too; one row a person and complaint.
insert into complaint_follower (complaint_id, follower, confirmed, followed_at, carried_from)
select cast(:into as bigint), follower, confirmed, followed_at, cast(:from as bigint)
from complaint_follower where complaint_id = cast(:from as bigint)
union all
select cast(:into as bigint), 'reporter:' || cast(:from as text), false, now(), cast(:from as bigint)
on conflict (complaint_id, follower) do nothing
