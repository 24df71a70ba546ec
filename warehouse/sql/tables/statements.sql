-- One row an act of reported speech.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists statements (
    statement_id varchar not null,
    document_id varchar not null,
    sentence_no integer not null,
    source_spans struct("start" integer, "end" integer)[] not null,
    cue_spans struct("start" integer, "end" integer)[] not null,
    content_spans struct("start" integer, "end" integer)[] not null,
    source_quote varchar,
    cue_quote varchar not null,
    cue_lemma varchar not null,
    content_quote varchar not null,
    form varchar not null,
    act varchar not null,
    speaker_name varchar,
    speaker_type varchar not null,
    speaker_country varchar,
    speaker_sector varchar,
    inside_statement_id varchar
);
comment on table statements is 'One row an act of reported speech.';
comment on column statements.statement_id is 'Key of the statement.';
comment on column statements.document_id is 'The document the statement stands in.';
comment on column statements.sentence_no is 'The sentence of the cue.';
comment on column statements.source_spans is 'Characters of the source, in documents.text; empty when hidden.';
comment on column statements.cue_spans is 'Characters of the cue, in documents.text.';
comment on column statements.content_spans is 'Characters of the content, in documents.text, in order.';
comment on column statements.source_quote is 'The source as written; null when the text hides it.';
comment on column statements.cue_quote is 'The cue as written.';
comment on column statements.cue_lemma is 'Lemma of the cue''s head: say, claim, according to.';
comment on column statements.content_quote is 'The content as written; several spans joined by '' … ''.';
comment on column statements.form is 'How much of the content is quoted.';
comment on column statements.act is 'What the speaker does by speaking.';
comment on column statements.speaker_name is 'Fullest name of the speaker in the document; null when unknown.';
comment on column statements.speaker_type is 'What sort of speaker.';
comment on column statements.speaker_country is 'ISO 3166 alpha-3 of the speaker''s party.';
comment on column statements.speaker_sector is 'Sector of the speaker (PLOVER).';
comment on column statements.inside_statement_id is 'The statement whose content this one stands in.';
