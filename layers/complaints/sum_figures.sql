-- Adds the figures of a month up, or of all where :month is empty: for each choice of what is told apart among category
-- (4), agency (2) and kecamatan (1), whose numbers are added up in `parts`. How long it took becomes two lists beside
-- each other: so many working days, so many complaints.
insert into complaint_figure_sum
    (month, parts, category, agency, district, seen, received, resolved, decided, on_time, reopened, overdue, answers,
     stars, days, done)
with summed as (
    select month, 7 - grouping(category, agency, district) as parts, coalesce(category, '') as category,
           coalesce(agency, '') as agency, coalesce(district, '') as district, seen, days, sum(received) as received,
           sum(resolved) as resolved, sum(decided) as decided, sum(on_time) as on_time, sum(reopened) as reopened,
           sum(overdue) as overdue, sum(answers) as answers, sum(stars) as stars
    from complaint_figure
    where month = :month or cast(:month as date) is null
    group by month, seen, days, cube (category, agency, district)
)
select month, parts, category, agency, district, seen, sum(received), sum(resolved), sum(decided), sum(on_time),
       sum(reopened), sum(overdue), sum(answers), sum(stars),
       coalesce(array_agg(days order by days) filter (where days is not null), '{}'),
       coalesce(array_agg(resolved order by days) filter (where days is not null), '{}')
from summed
group by month, parts, category, agency, district, seen
