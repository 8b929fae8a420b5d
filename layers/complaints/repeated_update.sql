-- Whether a program has told something about a complaint under this id before; by the index on layer and subject.
select exists (
    select from event
    where layer = 'complaints' and subject = :number and act = 'update' and actor = :actor and detail ->> 'update_id' = :update_id
)
