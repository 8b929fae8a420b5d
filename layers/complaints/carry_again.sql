-- Who follows another complaint that was merged into the same one still comes along with that.
insert into complaint_follower (complaint_id, follower, confirmed, followed_at, carried_from, also)
select distinct on (own.follower) cast(:into as bigint), own.follower, own.confirmed, own.followed_at, merged.id, own.also
from complaint as merged join complaint_follower as own on own.complaint_id = merged.id
where merged.merged_into = cast(:into as bigint) and merged.id <> cast(:taken_out as bigint)
order by own.follower, own.confirmed desc, merged.id
on conflict (complaint_id, follower) do nothing
