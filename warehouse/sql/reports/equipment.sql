-- How many drones, missiles and other arms were launched, and how many of them intercepted, by day and claimant?
-- $thing: only this kind, in the singular, for example drone
with arms as (
    select
        * exclude (effects),
        unnest(effects) as effect
    from figure_context
    where
        kind = 'count'
        and comparator not in ('up', 'down')
        and thing is not null
        and ($thing::varchar is null or thing = $thing)
),

-- Figures are set side by side, never added: the same attack is told in the lead, below it and by many documents.
told as (
    select
        coalesce(start_date, published_date) as event_date,
        thing,
        coalesce(claimant_name, '(the report itself)') as claimant,
        document_id,
        effect,
        value_low,
        value_high
    from arms
    where effect in ('launched', 'intercepted', 'destroyed', 'damaged')
),

final as (
    select
        event_date,
        thing,
        claimant,
        min(value_low) filter (where effect = 'launched') as launched_low,
        max(value_high) filter (where effect = 'launched') as launched_high,
        min(value_low) filter (where effect = 'intercepted') as intercepted_low,
        max(value_high) filter (where effect = 'intercepted') as intercepted_high,
        max(value_high) filter (where effect in ('destroyed', 'damaged')) as destroyed_or_damaged_high,
        count(distinct document_id) as documents
    from told
    group by event_date, thing, claimant
    having count(*) filter (where effect in ('launched', 'intercepted')) > 0
)

select * from final
order by event_date desc nulls last, thing asc, claimant asc
