-- One row an event of a document.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists events (
    event_id varchar not null,
    document_id varchar not null,
    sentence_no integer not null,
    trigger_spans struct("start" integer, "end" integer)[] not null,
    quote varchar not null,
    event_type varchar not null,
    event_mode varchar,
    quad_class varchar,
    cameo_code varchar,
    acled_type varchar,
    status varchar not null,
    statement_id varchar,
    holder_name varchar,
    start_date date,
    end_date date,
    date_basis varchar,
    weapons varchar[] not null
);
comment on table events is 'One row an event of a document.';
comment on column events.event_id is 'Key of the event.';
comment on column events.document_id is 'The document that tells it.';
comment on column events.sentence_no is 'The sentence of the first trigger.';
comment on column events.trigger_spans is 'Head words of its mentions, in documents.text, the fullest first.';
comment on column events.quote is 'The first trigger as written.';
comment on column events.event_type is 'PLOVER category, or OTHER.';
comment on column events.event_mode is 'PLOVER mode: drone, arrest, visit …';
comment on column events.quad_class is 'Verbal or material, cooperation or conflict.';
comment on column events.cameo_code is 'CAMEO code by the crosswalk.';
comment on column events.acled_type is 'ACLED sub-event type by the crosswalk.';
comment on column events.status is 'Asserted by the narrator, claimed, denied, planned …';
comment on column events.statement_id is 'The statement on whose word it stands.';
comment on column events.holder_name is 'Who claims or denies it.';
comment on column events.start_date is 'First day of the event; null when it cannot be known.';
comment on column events.end_date is 'Last day of the event, inclusive.';
comment on column events.date_basis is 'What the dates rest on.';
comment on column events.weapons is 'Weapons as written.';
