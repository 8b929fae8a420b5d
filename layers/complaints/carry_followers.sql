-- The followers of one complaint, and its reporter, follow another too; one row a person and complaint.
insert into complaint_follower (complaint_id, follower, confirmed, followed_at, carried_from, also)
select cast(:into as bigint), follower, confirmed, followed_at, cast(:from as bigint), also
from complaint_follower where complaint_id = cast(:from as bigint)
union all
select whole.id, 'reporter:' || coalesce(merged.origin_id, merged.id), false, now(), merged.id, null
from complaint as merged, complaint as whole
where merged.id = cast(:from as bigint) and whole.id = cast(:into as bigint)
  and coalesce(merged.origin_id, merged.id) <> coalesce(whole.origin_id, whole.id)
on conflict (complaint_id, follower) do nothing
