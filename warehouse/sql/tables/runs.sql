-- One row a run.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists runs (
    run_id varchar not null,
    state varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    sources varchar[] not null,
    extractor_version varchar,
    wirehouse_version varchar,
    given bigint not null,
    accepted bigint not null,
    refused bigint not null,
    duplicate bigint not null,
    pid bigint,
    message varchar
);
comment on table runs is 'One row a run.';
comment on column runs.run_id is 'Key of the run.';
comment on column runs.state is 'How the run stands or ended.';
comment on column runs.started_at is 'When it began, UTC: the only time the clock is read.';
comment on column runs.finished_at is 'When it ended, UTC.';
comment on column runs.sources is 'What it was asked to read.';
comment on column runs.extractor_version is 'Digest of the extracting code and data.';
comment on column runs.wirehouse_version is 'Version of the package.';
comment on column runs.given is 'Inputs read.';
comment on column runs.accepted is 'Documents loaded.';
comment on column runs.refused is 'Inputs in quarantine.';
comment on column runs.duplicate is 'Inputs already in the warehouse.';
comment on column runs.pid is 'Process of the run, to tell a crashed one.';
comment on column runs.message is 'What a person should know about how it ended.';
