-- One row a mention of a place.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists places (
    place_id varchar not null,
    document_id varchar not null,
    sentence_no integer not null,
    char_start integer not null,
    char_end integer not null,
    quote varchar not null,
    name varchar not null,
    place_type varchar not null,
    country varchar,
    admin1 varchar,
    latitude double,
    longitude double,
    precision varchar,
    geonames_id bigint,
    alternatives integer not null
);
comment on table places is 'One row a mention of a place.';
comment on column places.place_id is 'Key of the mention.';
comment on column places.document_id is 'The document the mention stands in.';
comment on column places.sentence_no is 'The sentence the mention stands in.';
comment on column places.char_start is 'First character in documents.text.';
comment on column places.char_end is 'One past the last character in documents.text.';
comment on column places.quote is 'The toponym as written.';
comment on column places.name is 'The gazetteer''s name of it, or the toponym as written.';
comment on column places.place_type is 'What sort of place.';
comment on column places.country is 'ISO 3166 alpha-3.';
comment on column places.admin1 is 'First-level region: GeoNames code or name.';
comment on column places.latitude is 'Degrees north, WGS 84; null without a point.';
comment on column places.longitude is 'Degrees east, WGS 84; null without a point.';
comment on column places.precision is 'How closely the point pins it down.';
comment on column places.geonames_id is 'GeoNames identifier of the point.';
comment on column places.alternatives is 'Other places of this name that were in question.';
