-- What was refused, and why?
-- $code: only this refusal code or check
with final as (
    select
        findings."check",
        findings.table_name,
        findings.key,
        findings.reason,
        findings.found_at,
        findings.finding_id,
        findings.resolved_by_run_id is not null as is_resolved
    from findings
    where
        findings.severity = 'refused'
        and ($code::varchar is null or findings."check" = $code)
)

select * from final
order by is_resolved asc, found_at desc nulls last, "check" asc, key asc
