-- Hand a piece of news to the confirmed alerts about its place and category, while anyone may see the complaint; by the
-- indexes on the area's code and on the box around each circle.
with about as (
    select complaint.village_code, area.parent_code, complaint.category, complaint.geom
    from complaint left join area on area.code = complaint.village_code
    where complaint.id = :complaint and complaint.visibility <> 'secret' and complaint.moderation = 'approved'
), met as (
    select alert.id, alert.category
    from about join complaint_alert as alert on alert.area_code in (about.village_code, about.parent_code)
    where alert.confirmed_at is not null
    union all
    select alert.id, alert.category
    from about join complaint_alert as alert
      on alert.reach && about.geom
     and st_dwithin(cast(alert.centre as geography), cast(about.geom as geography), alert.radius_m)
    where alert.confirmed_at is not null
)
insert into complaint_alert_news (alert_id, event_id)
select met.id, :event from met, about where met.category is null or met.category = about.category
on conflict do nothing
