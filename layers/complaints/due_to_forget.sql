-- Cases that were closed so long ago that nobody needs to know any more who reported them, by an index of those alone.
select id from complaint
where anonymised_at is null and source = 'warga' and closed_at < cast(:now as timestamptz) - make_interval(months => :months)
order by closed_at, id
limit :most
