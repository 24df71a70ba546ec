-- Where on the map did each event happen, when, and how does its document stand to it?
with final as (
    select
        events.event_id,
        sites.name as place_name,
        sites.country,
        sites.latitude,
        sites.longitude,
        mentions.precision,
        events.event_type,
        events.event_mode,
        events.quad_class,
        events.acled_type,
        events.status,
        events.holder_name,
        events.start_date,
        events.end_date,
        events.quote,
        documents.source_name,
        documents.title,
        documents.published_date,
        events.document_id
    from events
    inner join event_places as sites on events.event_id = sites.event_id and sites.position = 0
    inner join current_documents as documents on events.document_id = documents.document_id
    left join places as mentions on sites.place_id = mentions.place_id
    where sites.latitude is not null
)

select * from final
