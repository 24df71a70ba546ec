-- One row a version of an article.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists documents (
    document_id varchar not null,
    article_id varchar not null,
    version integer not null,
    source_name varchar not null,
    url varchar,
    title varchar,
    authors varchar[] not null,
    published_at timestamptz,
    modified_at timestamptz,
    published_method varchar not null,
    fetched_at timestamptz,
    language varchar,
    text varchar not null,
    text_digest varchar not null,
    raw_digest varchar not null,
    origin varchar not null,
    input_id varchar,
    quality_flags varchar[] not null,
    duplicate_of varchar,
    syndication_id varchar,
    extractor_version varchar,
    run_id varchar
);
comment on table documents is 'One row a version of an article.';
comment on column documents.document_id is 'Hash of the normalised text and its source.';
comment on column documents.article_id is 'Stable over revisions: hash of guid or canonical url, else document_id.';
comment on column documents.version is 'Version of the article, oldest first; set by the warehouse.';
comment on column documents.source_name is 'Who published it, or the file it came from.';
comment on column documents.url is 'Address the article was published at.';
comment on column documents.title is 'Headline, as given.';
comment on column documents.authors is 'Bylines, in order.';
comment on column documents.published_at is 'When it was published, UTC; null when unknown.';
comment on column documents.modified_at is 'When this version was last changed, UTC, if the source says.';
comment on column documents.published_method is 'Where published_at comes from.';
comment on column documents.fetched_at is 'When this warehouse first read it, UTC.';
comment on column documents.language is 'Language of the text (ISO 639-1); null when too short to tell.';
comment on column documents.text is 'The stored text every offset points into.';
comment on column documents.text_digest is 'SHA-256 of text, whoever published it.';
comment on column documents.raw_digest is 'SHA-256 of the raw record in the raw archive.';
comment on column documents.origin is 'File, and line or row, the record was read from.';
comment on column documents.input_id is 'The source''s own identifier of the record, if it has one.';
comment on column documents.quality_flags is 'What to know about text or metadata (see the data dictionary).';
comment on column documents.duplicate_of is 'The first document with exactly this text, if another one.';
comment on column documents.syndication_id is 'Group of near copies of one text; null when alone.';
comment on column documents.extractor_version is 'Digest of the code and data that made its rows.';
comment on column documents.run_id is 'The run that loaded its rows.';
