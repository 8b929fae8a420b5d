-- What a complaint has carried along goes back: all of it when it is the one taken out, else what it has itself lost.
delete from complaint_follower as carried
where carried.complaint_id = :into and carried.carried_from = :from
  and (cast(:from as bigint) = :taken_out
       or not exists (select from complaint_follower as own
                      where own.complaint_id = :from and own.follower = carried.follower))
  and (cast(:from as bigint) = :taken_out
       or carried.follower <> (select 'reporter:' || coalesce(origin_id, id) from complaint where id = :from))
