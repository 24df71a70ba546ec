"""Settling what depends on other documents: versions, exact copies, near copies."""

from __future__ import annotations

from warehouse.frames import Connection, attach_frame
from warehouse.syndication import find_groups
from warehouse.transaction import transaction

VERSIONS = """
with ranked as (
    select
        document_id,
        row_number() over (
            partition by article_id
            order by coalesce(modified_at, published_at) nulls first, fetched_at nulls first, document_id
        )::integer as version,
        first_value(document_id) over (
            partition by text_digest order by published_at nulls last, document_id
        ) as first_id
    from documents
)

select
    document_id,
    version,
    nullif(first_id, document_id) as duplicate_of
from ranked
"""


def settle_documents(con: Connection) -> int:
    """Settle ``version``, ``duplicate_of`` and ``syndication_id`` of all documents, whatever the order of loads.

    Versions of an article follow its dates, then when it was fetched.  Of documents with one text the first published
    is the original.  Near copies share five-word runs: see ``warehouse.syndication``.

    Run it once, before publishing, outside of a transaction.

    Returns:
        Documents changed; 0 when nothing new was loaded.
    """
    with transaction(con):
        with attach_frame(con, "groups", find_groups(con)):
            con.execute(
                f"create or replace temp table settled as "  # noqa: S608  a constant
                f"select * from ({VERSIONS}) left join groups using (document_id)"
            )
        con.execute(
            "delete from settled using documents as old where settled.document_id = old.document_id "
            "and settled.version = old.version and settled.duplicate_of is not distinct from old.duplicate_of "
            "and settled.syndication_id is not distinct from old.syndication_id"
        )
        changed = con.execute(
            "update documents set version = settled.version, duplicate_of = settled.duplicate_of, "
            "syndication_id = settled.syndication_id from settled where documents.document_id = settled.document_id"
        ).fetchone()
        con.execute("drop table settled")
    return int(changed[0]) if changed else 0
