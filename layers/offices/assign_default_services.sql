-- Only an office that is new, or of another kind than when it was last given the usual services: what was withdrawn or
-- added by hand since then stays as it is.
with due as (
    select office.id, office.kind, given.kind as before
    from office left join office_default as given on given.office_id = office.id
    where given.kind <> office.kind
       or (given.kind is null and not exists (select from office_service where office_service.office_id = office.id))
),
withdrawn as (
    delete from office_service using due, service_kind as usual
    where office_service.office_id = due.id and usual.kind = due.before
      and usual.service_id = office_service.service_id
      and not exists (select from service_kind as still
                      where still.kind = due.kind and still.service_id = usual.service_id)
),
forgotten as (
    delete from office_default using due
    where office_default.office_id = due.id and not exists (select from service_kind where kind = due.kind)
),
noted as (
    insert into office_default (office_id, kind)
    select id, kind from due where exists (select from service_kind where service_kind.kind = due.kind)
    on conflict (office_id) do update set kind = excluded.kind
)
insert into office_service (office_id, service_id)
select due.id, service_kind.service_id
from due join service_kind on service_kind.kind = due.kind
on conflict do nothing
