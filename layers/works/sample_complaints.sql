-- Complaints about the roads of the sample's works, as far as their states fit: what is being done is not over yet.
insert into work_complaint (work_id, complaint_id)
select distinct on (complaint.id) link.work_id, complaint.id
from work
join work_road as link on link.work_id = work.id
join complaint on complaint.asset_layer = 'roads' and complaint.asset_id = link.road_id
where work.source = :source and complaint.source = :source
  and ((work.stage in ('contracted', 'under_way') and complaint.state in ('scheduled', 'in_progress'))
       or (work.stage in ('finished', 'maintained') and complaint.state in ('pending_check', 'resolved', 'closed'))
       or (work.stage in ('planned', 'budgeted', 'tendered') and complaint.state in ('dispatched', 'scheduled')))
order by complaint.id, link.work_id
