-- How many casualties are reported, by place, day and claimant?
-- $place: only this place, as the gazetteer names it
-- $effect: only killed, wounded, missing, captured, displaced, arrested or evacuated
with final as (
    select
        place_name,
        event_date,
        effect,
        coalesce(claimant_name, '(the report itself)') as claimant,
        min(value_low) as lowest,
        max(value_high) as highest,
        string_agg(distinct comparator, ' ' order by comparator) as comparators,
        count(distinct document_id) as documents
    from casualties
    where
        ($place::varchar is null or place_name = $place)
        and ($effect::varchar is null or effect = $effect)
    group by place_name, event_date, effect, claimant
)

select * from final
order by event_date desc nulls last, place_name asc nulls last, effect asc, highest desc, claimant asc
