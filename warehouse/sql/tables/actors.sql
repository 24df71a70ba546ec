-- One row a mention of an actor.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists actors (
    actor_id varchar not null,
    document_id varchar not null,
    sentence_no integer not null,
    char_start integer not null,
    char_end integer not null,
    quote varchar not null,
    actor_type varchar not null,
    name varchar not null,
    country varchar,
    sector varchar,
    is_pronoun boolean not null
);
comment on table actors is 'One row a mention of an actor.';
comment on column actors.actor_id is 'Key of the mention.';
comment on column actors.document_id is 'The document the mention stands in.';
comment on column actors.sentence_no is 'The sentence the mention stands in.';
comment on column actors.char_start is 'First character in documents.text.';
comment on column actors.char_end is 'One past the last character in documents.text.';
comment on column actors.quote is 'The mention as written.';
comment on column actors.actor_type is 'What sort of actor.';
comment on column actors.name is 'Canonical name within the document: the fullest one, or the reference table''s.';
comment on column actors.country is 'ISO 3166 alpha-3 of the actor''s country.';
comment on column actors.sector is 'Sector in society (PLOVER).';
comment on column actors.is_pronoun is 'Whether the mention is a pronoun, resolved to name.';
