-- One row a figure of an event.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists event_figures (
    event_id varchar not null,
    document_id varchar not null,
    figure_id varchar not null
);
comment on table event_figures is 'One row a figure of an event.';
comment on column event_figures.event_id is 'The event.';
comment on column event_figures.document_id is 'The document.';
comment on column event_figures.figure_id is 'The figure.';
