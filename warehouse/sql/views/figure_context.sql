-- In which sentence does each figure stand, for which event, on whose word?
with owners as (
    select
        figure_id,
        event_id,
        row_number() over (partition by figure_id order by event_id) as position
    from event_figures
),

final as (
    select
        figures.figure_id,
        figures.document_id,
        documents.source_name,
        documents.title,
        documents.published_at,
        documents.published_date,
        figures.quote,
        figures.comparator,
        figures.value_low,
        figures.value_high,
        figures.kind,
        figures.unit,
        figures.thing,
        figures.effects,
        figures.is_cumulative,
        figures.part_of_figure_id,
        figures.claimant_name,
        figures.place_name,
        figures.statement_id,
        events.event_id,
        events.event_type,
        events.event_mode,
        events.status as event_status,
        events.start_date,
        events.end_date,
        figures.char_start,
        figures.char_end,
        substring(documents.text, sentences.char_start + 1, sentences.char_end - sentences.char_start) as sentence_text
    from figures
    inner join current_documents as documents on figures.document_id = documents.document_id
    inner join sentences
        on figures.document_id = sentences.document_id and figures.sentence_no = sentences.sentence_no
    left join owners on figures.figure_id = owners.figure_id and owners.position = 1
    left join events on owners.event_id = events.event_id
)

select * from final
