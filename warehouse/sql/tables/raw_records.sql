-- One row a record of the raw archive: where its bytes lie.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists raw_records (
    raw_id varchar not null,
    raw_digest varchar not null,
    kind varchar not null,
    origin varchar not null,
    source_name varchar,
    fetched_at timestamptz not null,
    segment varchar not null,
    byte_start bigint not null,
    byte_end bigint not null
);
comment on table raw_records is 'One row a record of the raw archive: where its bytes lie.';
comment on column raw_records.raw_id is 'Key: bytes, reader, origin and source name.';
comment on column raw_records.raw_digest is 'SHA-256 of the record''s bytes.';
comment on column raw_records.kind is 'Which reader reads it.';
comment on column raw_records.origin is 'File, and line or row, it was read from.';
comment on column raw_records.source_name is 'Who published it, where its source says so.';
comment on column raw_records.fetched_at is 'When the run that first read it started, UTC.';
comment on column raw_records.segment is 'File of the raw archive: raw/<segment>.gz.';
comment on column raw_records.byte_start is 'First byte of its gzip member in that file.';
comment on column raw_records.byte_end is 'One past the last byte of its gzip member.';
