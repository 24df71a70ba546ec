-- What does each side do by the narrators' own account, and what only on somebody's word?
-- $event_type: only this PLOVER type, for example ASSAULT
with final as (
    select
        event_type,
        actor_country as side,
        count(*) filter (where status = 'asserted') as asserted,
        count(*) filter (where status = 'claimed') as claimed,
        count(*) filter (where status = 'denied') as denied,
        count(*) filter (where status in ('planned', 'threatened', 'attempted', 'hypothetical', 'negated')) as other,
        round(100 * count(*) filter (where status in ('claimed', 'denied')) / count(*), 1) as percent_on_somebodys_word,
        list(distinct holder_name order by holder_name) filter (where holder_name is not null) as holders
    from event_sides
    where $event_type::varchar is null or event_type = $event_type
    group by all
)

select * from final
order by asserted + claimed + denied + other desc, event_type asc, side asc nulls last
