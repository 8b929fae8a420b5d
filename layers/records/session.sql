-- The session that a token opens, with its account's name and grants; ended, idle and deactivated ones are not found.
select held.id, held.account_id, held.data, account.name, now() - held.seen_at as unseen,
       coalesce((select json_agg(json_build_array(role, agency, area) order by id)
                 from account_grant where account_id = held.account_id), '[]') as grants
from account_session as held
left join account on account.id = held.account_id
where held.token = :token
  and held.expires_at > now()
  and held.seen_at > now() - cast(:idle as interval)
  and (held.account_id is null or account.active)
