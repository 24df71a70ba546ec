-- One row an actor or target of an event.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists event_actors (
    event_id varchar not null,
    document_id varchar not null,
    role varchar not null,
    position integer not null,
    char_start integer not null,
    char_end integer not null,
    quote varchar not null,
    name varchar not null,
    country varchar,
    sector varchar,
    actor_id varchar
);
comment on table event_actors is 'One row an actor or target of an event.';
comment on column event_actors.event_id is 'The event.';
comment on column event_actors.document_id is 'The document.';
comment on column event_actors.role is 'actor: does it; target: it is done to.';
comment on column event_actors.position is 'Order among those of the same role, the nearest first.';
comment on column event_actors.char_start is 'First character in documents.text.';
comment on column event_actors.char_end is 'One past the last character in documents.text.';
comment on column event_actors.quote is 'As written, without article or numeral.';
comment on column event_actors.name is 'Canonical name.';
comment on column event_actors.country is 'ISO 3166 alpha-3.';
comment on column event_actors.sector is 'Sector (PLOVER).';
comment on column event_actors.actor_id is 'The mention, if it is one of the actors.';
