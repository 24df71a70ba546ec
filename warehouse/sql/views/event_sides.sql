-- Who acts on whom in each event: one row an event, its first actor and first target side by side?
with first_actors as (
    select * from event_actors
    where role = 'actor' and position = 0
),

first_targets as (
    select * from event_actors
    where role = 'target' and position = 0
),

final as (
    select
        events.event_id,
        events.document_id,
        events.event_type,
        events.event_mode,
        events.quad_class,
        events.cameo_code,
        events.acled_type,
        events.status,
        events.holder_name,
        events.quote,
        events.start_date,
        events.end_date,
        events.weapons,
        documents.source_name,
        documents.url,
        documents.title,
        documents.published_date,
        first_actors.name as actor_name,
        first_actors.country as actor_country,
        first_actors.sector as actor_sector,
        first_targets.name as target_name,
        first_targets.country as target_country,
        first_targets.sector as target_sector
    from events
    inner join current_documents as documents on events.document_id = documents.document_id
    left join first_actors on events.event_id = first_actors.event_id
    left join first_targets on events.event_id = first_targets.event_id
)

select * from final
