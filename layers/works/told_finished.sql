-- Whether followers of a work have heard of its end.
select exists (
  select from event
  where layer = 'works' and subject = :number
    and (act = 'conclude' or (act = 'move' and detail ->> 'stage' = 'finished'))
)
