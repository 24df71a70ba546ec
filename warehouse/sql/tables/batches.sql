-- One row a batch that was committed, with what it held at that time.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists batches (
    batch_id varchar not null,
    run_id varchar not null,
    input_digest varchar not null,
    segment varchar,
    documents bigint not null,
    row_count bigint not null,
    content_digest varchar not null
);
comment on table batches is 'One row a batch that was committed, with what it held at that time.';
comment on column batches.batch_id is 'The batch: hash of its inputs.';
comment on column batches.run_id is 'The run that loaded it.';
comment on column batches.input_digest is 'SHA-256 over the raw digests of its inputs.';
comment on column batches.segment is 'File of the raw archive with its new records; null for none.';
comment on column batches.documents is 'Documents loaded.';
comment on column batches.row_count is 'Rows loaded into all tables.';
comment on column batches.content_digest is 'SHA-256 over the digests of its documents.';
