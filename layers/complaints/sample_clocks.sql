-- The deadline that each complaint of the sample got when it came.
insert into complaint_clock (complaint_id, reason, case_class, started_at, working_days, due_on)
select complaint.id, 'received', told.case_class, complaint.reported_at, told.working_days, told.due_on
from jsonb_to_recordset(cast(:rows as jsonb)) as told (id bigint, case_class text, working_days int, due_on date)
join complaint on complaint.id = told.id
where told.due_on is not null
order by complaint.id
