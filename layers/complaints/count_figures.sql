-- Counts what came in from :since until :until. Working days are numbered, so that those between two days are a
-- difference; what came after office hours counts as of the next day. What was closed at the moment at which it came
-- into its state was never resolved: its reporter was silent, or another authority answered.
insert into complaint_figure
    (month, category, agency, district, seen, state, age, days, received, resolved, decided, on_time, reopened, overdue,
     answers, stars)
with day as materialized (
    select cast(days.day as date) as day,
           count(*) filter (where extract(isodow from days.day) < 6 and holiday.day is null)
               over (order by days.day) as number
    from generate_series((select min(reported_at) from complaint where reported_at >= cast(:since as timestamptz))
                             - interval '1 day', cast(:today as date) + 2, interval '1 day') as moments (moment)
    cross join lateral (select cast(moment as date) as day) as days
    left join holiday on holiday.day = days.day
), told as (
    select category, coalesce(agency, '') as agency, coalesce(left(village_code, 8), '') as district, state, due_on,
           visibility <> 'secret' and moderation <> 'hidden' as seen, reopened + disputed > 0 as again,
           state = 'resolved' or state = 'closed' and closed_at is distinct from state_since as done,
           state = any(cast(:open as text[])) as waiting, state = any(cast(:running as text[])) as running,
           reported_at at time zone :zone as came, cast(closed_at at time zone :zone as date) as ended_on,
           survey.answers, survey.stars
    from complaint
    cross join lateral (select count(*) as answers, coalesce(sum(satisfied), 0) as stars
                        from complaint_survey where complaint_id = complaint.id) as survey
    where reported_at >= cast(:since as timestamptz) and reported_at < cast(:until as timestamptz)
), known as (
    select told.*, done and ended_on is not null as ended, waiting and running and due_on < :today as late,
           cast(came as date) + cast(extract(hour from came) >= :closes as int) as came_on
    from told
)
select cast(date_trunc('month', came) as date), category, agency, district, seen,
       case when waiting then state end,
       case when waiting then width_bucket(:today - came_on, cast(:ages as int[])) end,
       case when ended then least(greatest(last.number - first.number, 0), 9999) end,
       count(*), count(*) filter (where done), count(*) filter (where due_on is not null and ended or late),
       count(*) filter (where ended and ended_on <= due_on), count(*) filter (where again), count(*) filter (where late),
       sum(answers), sum(stars)
from known
left join day as first on first.day = least(came_on, cast(:today as date) + 1)
left join day as last on last.day = least(ended_on, cast(:today as date) + 1)
group by 1, 2, 3, 4, 5, 6, 7, 8
