-- How did events unfold, day by day, by type and by the side that acts?
-- $event_type: only this PLOVER type, for example ASSAULT
-- $country: only events whose actor is of this country, ISO 3166 alpha-3
with final as (
    select
        coalesce(start_date, published_date) as event_date,
        event_type,
        actor_country as side,
        count(*) as events,
        count(*) filter (where status = 'asserted') as asserted,
        count(*) filter (where status in ('claimed', 'denied')) as on_somebodys_word,
        count(*) filter (where status in ('planned', 'threatened', 'hypothetical')) as not_yet,
        list(distinct target_country order by target_country) filter (where target_country is not null)
            as target_countries
    from event_sides
    where
        ($event_type::varchar is null or event_type = $event_type)
        and ($country::varchar is null or actor_country = $country)
    group by all
)

select * from final
order by event_date asc nulls last, events desc, event_type asc, side asc nulls last
