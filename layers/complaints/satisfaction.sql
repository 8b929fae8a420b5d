-- What people said of complaints that anyone may see, added up by any of agency, category, kecamatan and month; by the
-- index on the time of saying.
select case when 'agency' = any(cast(:by as text[])) then complaint.agency end as agency,
       case when 'category' = any(cast(:by as text[])) then complaint.category end as category,
       case when 'kecamatan' = any(cast(:by as text[])) then area.parent_code end as kecamatan,
       case when 'month' = any(cast(:by as text[]))
            then to_char(survey.said_at at time zone cast(:zone as text), 'YYYY-MM') end as month,
       count(*) as answers,
       count(*) filter (where survey.solved = 'yes') as solved,
       count(*) filter (where survey.solved = 'partly') as partly,
       count(*) filter (where survey.solved = 'no') as unsolved,
       cast(avg(survey.satisfied) as double precision) as mean
from complaint_survey as survey
join complaint on complaint.id = survey.complaint_id
left join area on area.code = complaint.village_code
where complaint.visibility <> 'secret' and complaint.moderation <> 'hidden'
  and survey.said_at >= coalesce(cast(:since as timestamptz), '-infinity')
  and survey.said_at < coalesce(cast(:until as timestamptz), 'infinity')
group by 1, 2, 3, 4
order by 1, 2, 3, 4
