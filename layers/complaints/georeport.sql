-- Complaints as Open311 lists them, the newest first; the first of the filters keeps the rows that anyone may see.
select complaint.id, complaint.number, complaint.state, complaint.name, complaint.story,
       coalesce(complaint.kind, complaint.category) as kind,
       complaint.reported_at, complaint.updated_at, complaint.due_on,
       complaint.supporters, complaint.village_code, agency.name as agency, area.name as village, district.name as district,
       array(select photo.id from complaint_photo as photo
             where photo.complaint_id = complaint.id and photo.purpose = 'report' and photo.moderation = 'approved'
             order by photo.id) as photos,
       st_x(complaint.geom) as lon, st_y(complaint.geom) as lat
from complaint
left join agency on agency.id = complaint.agency
left join area on area.code = complaint.village_code
left join area as district on district.code = area.parent_code
where {filters}
order by complaint.reported_at desc, complaint.id desc
limit :limit offset :offset
