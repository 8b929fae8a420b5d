-- Whether somebody turned a complaint into one that an answer alone resolves; by the index on layer and subject.
select exists (
    select from event
    where layer = 'complaints' and subject = :number and act = 'change_category' and actor = :actor
      and detail ->> 'made_plain' = 'true'
)
