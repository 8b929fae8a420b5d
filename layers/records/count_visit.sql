-- Counts a visit: onto the visits of its time, or as the first of a new one.
insert into visit as known (key, n, expires_at)
values (:key, :number, now() + make_interval(secs => :lasting_s))
on conflict (key) do update
set n = case when known.expires_at > now() then known.n else 0 end + excluded.n,
    expires_at = case when known.expires_at > now() then known.expires_at else excluded.expires_at end
returning n
