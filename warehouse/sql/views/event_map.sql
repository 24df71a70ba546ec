-- Which events can be put on a map, with the point of their first place, its precision, and the toll told of them?
with first_places as (
    select
        event_places.event_id,
        event_places.name as place_name,
        event_places.country,
        event_places.latitude,
        event_places.longitude,
        places.place_type,
        places.precision
    from event_places
    left join places on event_places.place_id = places.place_id
    where event_places.position = 0 and event_places.latitude is not null
),

tolls as (
    select
        event_figures.event_id,
        max(figures.value_low) filter (where list_contains(figures.effects, 'killed')) as killed,
        max(figures.value_low) filter (where list_contains(figures.effects, 'wounded')) as wounded
    from event_figures
    inner join figures on event_figures.figure_id = figures.figure_id
    where figures.kind = 'count'
    group by event_figures.event_id
),

final as (
    select
        events.event_id,
        events.document_id,
        documents.source_name,
        events.event_type,
        events.event_mode,
        events.quad_class,
        events.status,
        events.holder_name,
        events.quote,
        first_places.place_name,
        first_places.country,
        first_places.latitude,
        first_places.longitude,
        first_places.place_type,
        first_places.precision,
        tolls.killed,
        tolls.wounded,
        coalesce(events.start_date, documents.published_date) as event_date
    from events
    inner join current_documents as documents on events.document_id = documents.document_id
    inner join first_places on events.event_id = first_places.event_id
    left join tolls on events.event_id = tolls.event_id
)

select * from final
