-- Readers whom nothing keeps here: no alert, no complaint that they follow, no link that waits for them, nothing to be sent.
select reader.id
from reader
where not exists (select from complaint_alert as alert where alert.reader_id = reader.id)
  and not exists (select from complaint_follower as mine where mine.follower = 'reader:' || reader.id)
  and not exists (select from mail_link as link where link.recipient = 'reader:' || reader.id and link.expires_at > now())
order by reader.id
limit :most
for update skip locked
