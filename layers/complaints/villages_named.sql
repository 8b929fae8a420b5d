-- The codes of villages by their whole name, whatever the case of its letters; by the trigram index on names.
select code from area
where lower(name) = lower(trim(cast(:name as text))) and level in ('desa', 'kelurahan') and code is not null
