-- Whether followers of a work have heard of its end; where nobody follows it, there is nobody to be told.
select exists (
  select from event
  where layer = 'works' and subject = :number
    and (act = 'conclude' or (act = 'move' and detail ->> 'stage' = 'finished'))
)
or not exists (
  select from work_follower join work on work.id = work_follower.work_id where work.number = :number
)
