-- Who said what about whom?
-- $speaker: only speakers whose name contains this
-- $about: only statements that mention an actor whose name contains this
with mentioned as (
    select
        statements.statement_id,
        string_agg(distinct actors.name, ', ' order by actors.name) as about
    from statements
    cross join unnest(statements.content_spans) as content (span)
    inner join actors
        on
            statements.document_id = actors.document_id
            and content.span.start <= actors.char_start
            and content.span."end" >= actors.char_end
    where actors.name is distinct from statements.speaker_name
    group by statements.statement_id
),

final as (
    select
        spoken.published_date,
        spoken.speaker_name,
        spoken.act,
        mentioned.about,
        spoken.content_quote,
        spoken.source_name
    from statement_by_speaker as spoken
    inner join mentioned on spoken.statement_id = mentioned.statement_id
    where
        ($speaker::varchar is null or contains(lower(spoken.speaker_name), lower($speaker)))
        and ($about::varchar is null or contains(lower(mentioned.about), lower($about)))
)

select * from final
order by published_date desc nulls last, speaker_name asc, content_quote asc
