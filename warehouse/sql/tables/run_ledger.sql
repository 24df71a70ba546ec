-- One row a station of a batch: given = accepted + refused + duplicate.
-- Generated from schemas/ by `python -m warehouse.tables`; do not edit.
create table if not exists run_ledger (
    run_id varchar not null,
    batch_id varchar not null,
    station varchar not null,
    given bigint not null,
    accepted bigint not null,
    refused bigint not null,
    duplicate bigint not null,
    content_digest varchar not null
);
comment on table run_ledger is 'One row a station of a batch: given = accepted + refused + duplicate.';
comment on column run_ledger.run_id is 'The run.';
comment on column run_ledger.batch_id is 'The batch: hash of its inputs.';
comment on column run_ledger.station is 'The table, or ''sources'' for the inputs themselves.';
comment on column run_ledger.given is 'Rows that came in.';
comment on column run_ledger.accepted is 'Rows loaded.';
comment on column run_ledger.refused is 'Rows in quarantine.';
comment on column run_ledger.duplicate is 'Rows already there.';
comment on column run_ledger.content_digest is 'SHA-256 over the accepted rows, whatever their order.';
