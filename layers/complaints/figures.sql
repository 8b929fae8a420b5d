-- The figures of what came in from :since to :until (first days of months, both included), in all and by each way of
-- telling them apart; `by` names which one a row is of, `seen` parts what anyone may see from the rest.
select case when grouping(month) = 0 then 'month' when grouping(agency) = 0 then 'agency'
            when grouping(category) = 0 then 'category' when grouping(district) = 0 then 'district' else 'all' end as by,
       coalesce(cast(month as text), agency, category, district, '') as key, seen, days, sum(received) as received,
       sum(resolved) as resolved, sum(decided) as decided, sum(on_time) as on_time, sum(reopened) as reopened,
       sum(overdue) as overdue, sum(answers) as answers, sum(stars) as stars
from complaint_figure
where month between :since and :until
  and (:agency = '' or agency = :agency) and (:category = '' or category = :category)
  and (:district = '' or district = :district)
  and (:everywhere or exists (select from jsonb_to_recordset(cast(:reach as jsonb)) as part (agency text, area text)
              where (part.agency is null or part.agency = complaint_figure.agency)
                and (part.area is null or starts_with(complaint_figure.district || '.', part.area || '.'))))
group by grouping sets
    ((seen, days), (month, seen, days), (agency, seen, days), (category, seen, days), (district, seen, days))
