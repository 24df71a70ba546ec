-- One row a sentence of a document, without its syntax.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists sentences (
    document_id varchar not null,
    sentence_no integer not null,
    paragraph_no integer not null,
    char_start integer not null,
    char_end integer not null
);
comment on table sentences is 'One row a sentence of a document, without its syntax.';
comment on column sentences.document_id is 'The document the sentence stands in.';
comment on column sentences.sentence_no is 'Position in the document, from 0.';
comment on column sentences.paragraph_no is 'Paragraph of the sentence, from 0.';
comment on column sentences.char_start is 'First character in documents.text.';
comment on column sentences.char_end is 'One past the last character in documents.text.';
