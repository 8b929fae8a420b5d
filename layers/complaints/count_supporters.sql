-- Keep ready how many confirmed people follow a complaint.
update complaint
set supporters = (select count(*) from complaint_follower as one where one.complaint_id = complaint.id and one.confirmed)
where id = :complaint
