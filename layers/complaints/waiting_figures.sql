-- What is open, by state, age and agency, as far as roles reach.
select state, age, agency, sum(received) as received, sum(overdue) as overdue
from complaint_figure
where state is not null
  and (:everywhere or exists (select from jsonb_to_recordset(cast(:reach as jsonb)) as part (agency text, area text)
              where (part.agency is null or part.agency = complaint_figure.agency)
                and (part.area is null or starts_with(complaint_figure.district || '.', part.area || '.'))))
group by state, age, agency
