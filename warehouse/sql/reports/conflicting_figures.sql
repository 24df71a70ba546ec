-- Where do reports give different figures for the same effect at one place on one day?
-- $place: only this place, as the gazetteer names it
with told as (
    select *
    from casualties
    where
        place_name is not null
        and part_of_figure_id is null
        and not is_cumulative
        and ($place::varchar is null or place_name = $place)
),

final as (
    select
        event_date,
        place_name,
        effect,
        min(value_low) as lowest,
        max(value_high) as highest,
        count(distinct document_id) as documents,
        string_agg(
            distinct concat_ws(' ', coalesce(claimant_name, source_name) || ':', quote), '; '
            order by concat_ws(' ', coalesce(claimant_name, source_name) || ':', quote)
        ) as figures_told
    from told
    group by event_date, place_name, effect
    having count(distinct concat_ws('-', value_low, value_high)) > 1
)

select * from final
order by event_date desc, place_name asc, effect asc
