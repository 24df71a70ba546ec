-- How many events of each type are told of each day?
-- $event_type: only this PLOVER type, for example ASSAULT
with final as (
    select
        coalesce(events.start_date, documents.published_date) as event_date,
        events.event_type,
        count(*) as events,
        count(*) filter (where events.status = 'asserted') as asserted,
        count(*) filter (where events.status = 'claimed') as claimed,
        count(*) filter (where events.status = 'denied') as denied,
        count(distinct events.document_id) as documents
    from events
    inner join current_documents as documents on events.document_id = documents.document_id
    where $event_type::varchar is null or events.event_type = $event_type
    group by all
)

select * from final
order by event_date desc nulls last, events desc, event_type asc
