-- Who denies what: events denied in the text, and statements that deny?
with denied_events as (
    select
        events.document_id,
        events.event_id,
        events.statement_id,
        events.event_type,
        events.quote,
        events.trigger_spans[1].start as char_start,
        statements.content_quote,
        coalesce(events.holder_name, statements.speaker_name) as speaker_name
    from events
    left join statements on events.statement_id = statements.statement_id
    where events.status = 'denied'
),

denying_statements as (
    select
        statements.document_id,
        null::varchar as event_id,
        statements.statement_id,
        null::varchar as event_type,
        statements.cue_quote as quote,
        statements.cue_spans[1].start as char_start,
        statements.content_quote,
        statements.speaker_name
    from statements
    anti join denied_events on statements.statement_id = denied_events.statement_id
    where statements.act = 'deny'
),

denials as (
    select * from denied_events
    union all by name
    select * from denying_statements
),

final as (
    select
        denials.speaker_name,
        denials.event_type,
        denials.quote,
        denials.content_quote,
        documents.source_name,
        documents.title,
        documents.published_at,
        documents.published_date,
        denials.char_start,
        denials.document_id,
        denials.event_id,
        denials.statement_id
    from denials
    inner join current_documents as documents on denials.document_id = documents.document_id
)

select * from final
