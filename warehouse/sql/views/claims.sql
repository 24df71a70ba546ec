-- What is said to have happened that the document does not vouch for, and on whose word?
with final as (
    select
        events.event_id,
        events.document_id,
        documents.source_name,
        documents.title,
        documents.published_date,
        events.event_type,
        events.event_mode,
        events.quote,
        events.start_date,
        events.end_date,
        events.statement_id,
        statements.act,
        statements.form,
        statements.content_quote,
        coalesce(events.holder_name, statements.speaker_name) as holder_name
    from events
    inner join current_documents as documents on events.document_id = documents.document_id
    left join statements on events.statement_id = statements.statement_id
    where events.status = 'claimed'
)

select * from final
