-- Every different text of opening hours, by leaping through the index from one to the next.
with recursive hours as (
  (select opening_hours from office where length(opening_hours) <= 500 order by opening_hours limit 1)
  union all
  select (select office.opening_hours from office
          where length(office.opening_hours) <= 500 and office.opening_hours > hours.opening_hours
          order by office.opening_hours limit 1)
  from hours
  where hours.opening_hours is not null
)
select opening_hours from hours where opening_hours is not null
