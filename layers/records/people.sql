-- Accounts by name, or the one of a number, with their grants and when they were last here.
select account.id, email, name, active, password is not null as has_password,
       totp_secret is not null as has_second_factor,
       (select max(seen_at) from account_session where account_id = account.id) as seen_at,
       coalesce((select json_agg(json_build_array(role, agency, area) order by role, agency, area)
                 from account_grant where account_id = account.id), '[]') as grants
from account
where cast(:id as bigint) is null or account.id = :id
order by name, id
