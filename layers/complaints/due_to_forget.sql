-- Cases that were closed so long ago that nobody needs to know any more who reported them, by an index of those alone. The
-- reporter of a case is also that of its parts, and hears of what it was merged into: he is known until all of these are as old.
with limits as (select cast(:now as timestamptz) - make_interval(months => :months) as before)
select complaint.id
from complaint, limits
where anonymised_at is null and source = 'warga' and closed_at < limits.before
  and not exists (
      with recursive kin as (
          select one.id, one.merged_into, one.closed_at from complaint as one
          where one.id = complaint.id or one.origin_id = complaint.id
          union
          select next.id, next.merged_into, next.closed_at
          from kin
          join complaint as next on next.id = kin.merged_into
      )
      select from kin where kin.closed_at is null or kin.closed_at >= limits.before
  )
order by closed_at, complaint.id
limit :most
