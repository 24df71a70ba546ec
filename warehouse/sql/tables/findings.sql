-- One row an input or row that failed a check, with the reason.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists findings (
    finding_id varchar not null,
    severity varchar not null,
    "check" varchar not null,
    table_name varchar not null,
    key varchar not null,
    column_name varchar,
    value varchar,
    reason varchar not null,
    row_json varchar,
    document_id varchar,
    origin varchar,
    raw_kind varchar,
    raw_digest varchar,
    run_id varchar,
    found_at timestamptz,
    resolved_by_run_id varchar
);
comment on table findings is 'One row an input or row that failed a check, with the reason.';
comment on column findings.finding_id is 'Key: the same fault of the same input is the same finding.';
comment on column findings.severity is 'refused: kept out; warning: kept in.';
comment on column findings."check" is 'The check that failed: a refusal code, or the name of a check on a column.';
comment on column findings.table_name is 'The table the row was meant for.';
comment on column findings.key is 'The row''s key, or the origin of an input that has none.';
comment on column findings.column_name is 'The column at fault.';
comment on column findings.value is 'The value at fault, shortened.';
comment on column findings.reason is 'What is wrong, in a sentence.';
comment on column findings.row_json is 'The whole row as JSON, for replay.';
comment on column findings.document_id is 'The document, where there is one.';
comment on column findings.origin is 'File, and line or row, of the input.';
comment on column findings.raw_kind is 'Which reader reads the raw record.';
comment on column findings.raw_digest is 'SHA-256 of the raw record in the raw archive.';
comment on column findings.run_id is 'The run that found it first.';
comment on column findings.found_at is 'When that run started, UTC.';
comment on column findings.resolved_by_run_id is 'The run that accepted the input after all.';
