-- The open reports of a category in a village that anyone may see, the newest first. The index on villages bears it; without
-- `materialized` the newest of the whole regency might be gone through for the few of one village.
with there as materialized (
    select id, number, reported_at
    from complaint
    where village_code = :village and category = :category and state = any(cast(:open as text[]))
      and visibility <> 'secret' and moderation <> 'hidden'
)
select number from there order by reported_at desc, id desc limit :most
