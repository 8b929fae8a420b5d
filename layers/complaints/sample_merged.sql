-- What was merged went into the nearest complaint of its category that was not.
update complaint as merged
set merged_into = (select other.id from complaint as other
                   where other.category = merged.category and other.state <> 'merged' and other.source = :source
                   order by other.geom <-> merged.geom, other.id limit 1)
where merged.state = 'merged' and merged.source = :source
