-- One row a counted or measured quantity.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists figures (
    figure_id varchar not null,
    document_id varchar not null,
    sentence_no integer not null,
    char_start integer not null,
    char_end integer not null,
    quote varchar not null,
    value_low double not null,
    value_high double not null,
    comparator varchar not null,
    kind varchar not null,
    unit varchar,
    thing varchar,
    thing_phrase varchar,
    effects varchar[] not null,
    is_cumulative boolean not null,
    part_of_figure_id varchar,
    statement_id varchar,
    claimant_name varchar,
    place_name varchar,
    place_id varchar
);
comment on table figures is 'One row a counted or measured quantity.';
comment on column figures.figure_id is 'Key of the figure.';
comment on column figures.document_id is 'The document the figure stands in.';
comment on column figures.sentence_no is 'The sentence the figure stands in.';
comment on column figures.char_start is 'First character in documents.text.';
comment on column figures.char_end is 'One past the last character in documents.text.';
comment on column figures.quote is 'Numeral, magnitude, currency sign and measured unit as written.';
comment on column figures.value_low is 'Lowest value meant; equal to value_high when exact.';
comment on column figures.value_high is 'Highest value meant.';
comment on column figures.comparator is '= exactly, > at least, < at most, ~ about; up, down: by how much something rose or fell.';
comment on column figures.kind is 'What sort of quantity.';
comment on column figures.unit is 'ISO 4217 for money, percent, or the unit in the singular.';
comment on column figures.thing is 'Head noun of what is counted, singular lemma.';
comment on column figures.thing_phrase is 'The counted phrase, its head noun in the singular: attack drone.';
comment on column figures.effects is 'What befell the things counted (killed, wounded, launched …).';
comment on column figures.is_cumulative is 'Whether the text says that it is a total over a longer time.';
comment on column figures.part_of_figure_id is 'The figure this one is a part of (21 out of 49).';
comment on column figures.statement_id is 'The statement it stands in, so: who says so.';
comment on column figures.claimant_name is 'Whoever the text says gives the number.';
comment on column figures.place_name is 'Where it happened, as named in the text.';
comment on column figures.place_id is 'The mention of that place, if it is one of the places.';
