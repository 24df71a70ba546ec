-- One row a document: how many rows it has in all tables, and a digest over them.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists manifest (
    document_id varchar not null,
    batch_id varchar not null,
    row_count bigint not null,
    content_digest varchar not null
);
comment on table manifest is 'One row a document: how many rows it has in all tables, and a digest over them.';
comment on column manifest.document_id is 'The document.';
comment on column manifest.batch_id is 'The batch that loaded its rows last.';
comment on column manifest.row_count is 'Its rows in all tables together.';
comment on column manifest.content_digest is 'SHA-256 over its rows as loaded, whatever their order.';
