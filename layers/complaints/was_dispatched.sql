-- Whether a complaint was ever handed to an agency by staff; by the index on layer and subject of the trail.
select exists (
    select from event
    where layer = 'complaints' and subject = :number and detail ->> 'to' = 'dispatched'
)
