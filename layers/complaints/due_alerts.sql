-- Alerts that have news to tell and were silent long enough, and whose they are; two writers never take the same one.
select alert.id, alert.reader_id
from complaint_alert as alert
where alert.next_letter_at <= now()
  and alert.id in (select alert_id from complaint_alert_news)
order by alert.id
limit :most
for update skip locked
