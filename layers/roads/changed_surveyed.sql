-- The roads that have surveys and were changed by this transaction.
select road.id
from road
where road.updated_at = now() and exists (select from road_survey where road_id = road.id and withdrawn_at is null)
