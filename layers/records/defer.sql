-- Fields: queue, task, priority, lock, lock of the queue, arguments, not before.
select procrastinate_defer_jobs_v1(
    array[cast(row(cast(:queue as text), cast(:task as text), 10, cast(:lock as text), null, cast(:arguments as jsonb), null)
               as procrastinate_job_to_defer_v1)])
