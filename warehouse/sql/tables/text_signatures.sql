-- One row a text: its MinHash signature over runs of five words.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists text_signatures (
    text_digest varchar not null,
    signature uinteger[] not null
);
comment on table text_signatures is 'One row a text: its MinHash signature over runs of five words.';
comment on column text_signatures.text_digest is 'SHA-256 of the text.';
comment on column text_signatures.signature is '128 minima; two texts share as many as they share content.';
