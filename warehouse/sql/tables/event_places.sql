-- One row a place of an event.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists event_places (
    event_id varchar not null,
    document_id varchar not null,
    position integer not null,
    char_start integer not null,
    char_end integer not null,
    quote varchar not null,
    name varchar not null,
    country varchar,
    latitude double,
    longitude double,
    place_id varchar
);
comment on table event_places is 'One row a place of an event.';
comment on column event_places.event_id is 'The event.';
comment on column event_places.document_id is 'The document.';
comment on column event_places.position is 'Order, the nearest to the trigger first.';
comment on column event_places.char_start is 'First character in documents.text.';
comment on column event_places.char_end is 'One past the last character in documents.text.';
comment on column event_places.quote is 'The toponym as written.';
comment on column event_places.name is 'The gazetteer''s name.';
comment on column event_places.country is 'ISO 3166 alpha-3.';
comment on column event_places.latitude is 'Degrees north.';
comment on column event_places.longitude is 'Degrees east.';
comment on column event_places.place_id is 'The mention among the places.';
