-- What the rules say of the complaints of the sample, written into their rows.
update complaint
set case_class = told.case_class, agency = told.agency, authority = told.authority, why = told.why, why_en = told.why_en,
    asset_layer = told.asset_layer, asset_id = told.asset_id, state_since = told.state_since,
    updated_at = told.state_since, version = told.version,
    closed_at = coalesce(told.resolved_at, complaint.closed_at), act_by = told.act_by, due_on = told.due_on
from jsonb_to_recordset(cast(:rows as jsonb)) as told (
    id bigint, case_class text, agency text, authority text, why text, why_en text, asset_layer text, asset_id bigint,
    state_since timestamptz, resolved_at timestamptz, version int, act_by date, due_on date)
where complaint.id = told.id
