-- Forgets callers whose time is over, a few at once; those that another worker forgets or counts just now are passed by.
delete from visit
where key in (select key from visit where expires_at <= now() order by expires_at limit :most for update skip locked)
