-- One row an expression of time.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists times (
    time_id varchar not null,
    document_id varchar not null,
    sentence_no integer not null,
    char_start integer not null,
    char_end integer not null,
    quote varchar not null,
    start_date date,
    end_date date,
    precision varchar,
    basis varchar not null
);
comment on table times is 'One row an expression of time.';
comment on column times.time_id is 'Key of the expression.';
comment on column times.document_id is 'The document the expression stands in.';
comment on column times.sentence_no is 'The sentence the expression stands in.';
comment on column times.char_start is 'First character in documents.text.';
comment on column times.char_end is 'One past the last character in documents.text.';
comment on column times.quote is 'The expression as written.';
comment on column times.start_date is 'First day meant; null when it cannot be known.';
comment on column times.end_date is 'Last day meant, inclusive.';
comment on column times.precision is 'The unit the expression speaks in.';
comment on column times.basis is 'What the dates rest on.';
