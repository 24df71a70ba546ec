-- Which runs were there, how did they end, what did they carry?
with batched as (
    select
        run_id,
        sum(row_count) as rows_written
    from batches
    group by run_id
),

final as (
    select
        runs.started_at,
        runs.state,
        runs.given,
        runs.accepted,
        runs.refused,
        runs.duplicate,
        coalesce(batched.rows_written, 0)::bigint as rows_written,
        round(extract('epoch' from runs.finished_at - runs.started_at), 1) as seconds,
        array_to_string(runs.sources, ', ') as sources,
        runs.message,
        runs.run_id
    from runs
    left join batched on runs.run_id = batched.run_id
)

select * from final
order by started_at desc, run_id asc
