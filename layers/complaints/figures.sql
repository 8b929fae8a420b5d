-- The figures of what came in from :since to :until (first days of months, both included), in all and by each way of
-- telling them apart; `by` names which one a row is of, `seen` parts what anyone may see from the rest. Each way has
-- sums of its own, which tell apart what it and the filters ask for: :parts_all, :parts_category …
with chosen as materialized (
    select way.by, sums.*,
           case way.by when 'month' then cast(month as text) when 'category' then category when 'agency' then agency
                when 'district' then district else '' end as key
    from (values ('all', cast(:parts_all as smallint)), ('month', :parts_all), ('category', :parts_category),
                 ('agency', :parts_agency), ('district', :parts_district)) as way (by, parts)
    join complaint_figure_sum as sums using (parts)
    where sums.parts in (:parts_all, :parts_category, :parts_agency, :parts_district) and month between :since and :until
      and (:agency = '' or agency = :agency) and (:category = '' or category = :category)
      and (:district = '' or district = :district)
      and (:everywhere or exists (select from jsonb_to_recordset(cast(:reach as jsonb)) as part (agency text, area text)
                  where (part.agency is null or part.agency = sums.agency)
                    and (part.area is null or starts_with(sums.district || '.', part.area || '.'))))
), spread as (
    select by, key, seen, day, sum(number) as number
    from chosen cross join unnest(days, done) as took (day, number)
    group by by, key, seen, day
), took as (
    select by, key, seen, array_agg(day) as days, array_agg(number) as done from spread group by by, key, seen
), counted as (
    select by, key, seen, sum(received) as received, sum(resolved) as resolved, sum(decided) as decided,
           sum(on_time) as on_time, sum(reopened) as reopened, sum(overdue) as overdue, sum(answers) as answers,
           sum(stars) as stars
    from chosen
    group by by, key, seen
)
select counted.*, coalesce(days, '{}') as days, coalesce(done, '{}') as done
from counted left join took using (by, key, seen)
