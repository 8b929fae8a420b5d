-- What pieces of news are about, as far as anyone may see it still, the latest first.
select news.what, complaint.number, complaint.name as title, coalesce(complaint.kind, complaint.category) as kind,
       complaint.village_code
from complaint_news as news join complaint on complaint.id = news.complaint_id
where news.event_id = any(cast(:events as bigint[]))
  and complaint.visibility <> 'secret' and complaint.moderation = 'approved'
order by news.event_id desc
