-- How many people were killed, wounded, missing, captured, displaced, arrested or evacuated, where, when, who says so?
with effects as (
    select
        *,
        unnest(effects) as effect
    from figure_context
    -- By how much a toll rose is no toll.
    where kind = 'count' and comparator not in ('up', 'down')
),

first_places as (
    select
        event_id,
        name,
        country,
        latitude,
        longitude
    from event_places
    where position = 0
),

final as (
    select
        effects.figure_id,
        effects.document_id,
        effects.source_name,
        effects.effect,
        effects.effects,
        effects.thing,
        effects.quote,
        effects.comparator,
        effects.value_low,
        effects.value_high,
        effects.is_cumulative,
        effects.part_of_figure_id,
        effects.claimant_name,
        first_places.country,
        first_places.latitude,
        first_places.longitude,
        effects.event_id,
        effects.event_type,
        effects.event_status,
        effects.published_at,
        effects.published_date,
        effects.char_start,
        effects.char_end,
        effects.sentence_text,
        coalesce(effects.place_name, first_places.name) as place_name,
        coalesce(effects.start_date, effects.published_date) as event_date,
        if(effects.start_date is null, 'published', 'told') as event_date_basis
    from effects
    left join first_places on effects.event_id = first_places.event_id
    where effects.effect in ('killed', 'wounded', 'missing', 'captured', 'displaced', 'arrested', 'evacuated')
)

select * from final
