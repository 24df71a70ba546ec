-- What did each speaker say, in which words, and where does it stand?
with final as (
    select
        statements.speaker_name,
        statements.speaker_type,
        statements.speaker_country,
        statements.speaker_sector,
        statements.act,
        statements.form,
        statements.cue_lemma,
        statements.content_quote,
        documents.source_name,
        documents.title,
        documents.published_date,
        statements.statement_id,
        statements.inside_statement_id,
        statements.document_id,
        statements.sentence_no
    from statements
    inner join current_documents as documents on statements.document_id = documents.document_id
    where statements.speaker_name is not null
)

select * from final
