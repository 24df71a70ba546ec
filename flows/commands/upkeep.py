"""``wirehouse quarantine`` and ``wirehouse check``: what was refused, and whether what is there can be trusted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.ask import Format, Output, paths_of, write_answer
from flows.commands.run import RefusedLimit, Warehouse, Workers, carry_directly, followed, show_account
from flows.console import OUT, grid, harmless, plain, say
from schemas.errors import MisuseError

if TYPE_CHECKING:
    from warehouse.paths import WarehousePaths
    from warehouse.raw import ArchivedRecord

quarantine = typer.Typer(no_args_is_help=True, help="Look at what was refused, and try it again.")
Code = Annotated[str | None, typer.Option("--code", help="Only this refusal code or check, such as language.")]
SHOWN_BYTES = 4000

LISTED = """
select
    finding_id, "check" as code, reason, strftime(found_at, '%Y-%m-%d %H:%M') as found_at, table_name,
    coalesce(origin, key) as origin, resolved_by_run_id is not null as is_resolved
from findings
where severity = 'refused' and ($everything or resolved_by_run_id is null)
    and ($code::varchar is null or "check" = $code)
order by found_at desc nulls last, origin asc, finding_id asc
"""
ONE = "select * from findings where starts_with(finding_id, $finding) order by finding_id limit 2"
REPLAYED = """
select distinct coalesce(findings.raw_digest, documents.raw_digest) as raw_digest, findings.raw_kind, findings.origin
from findings left join documents on findings.document_id = documents.document_id
where findings.severity = 'refused' and findings.resolved_by_run_id is null
    and ($code::varchar is null or findings."check" = $code)
    and (len($findings::varchar[]) = 0 or list_contains($findings::varchar[], findings.finding_id))
order by all
"""


@quarantine.command("list")
def list_findings(
    code: Code = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what was accepted later.")] = False,
    form: Format = "table",
    output: Output = None,
    warehouse: Warehouse = None,
) -> None:
    """List what was refused, the latest first, with the reason."""
    from warehouse.query import run_query

    found = run_query(paths_of(warehouse), LISTED, {"code": code, "everything": everything})
    if form == "table" and output is None:
        columns = found.columns[:4]
        OUT.print(grid(columns, found.select(columns).iter_rows(), title=f"{found.height} in the quarantine"))
    else:
        write_answer(found, form, output)


@quarantine.command("show")
def show_finding(
    finding: Annotated[str, typer.Argument(help="A finding_id of `wirehouse quarantine list`, or its beginning.")],
    warehouse: Warehouse = None,
) -> None:
    """Show one finding whole, and the input it is about."""
    from warehouse.query import run_query

    paths = paths_of(warehouse)
    rows = run_query(paths, ONE, {"finding": finding}).to_dicts()
    if len(rows) != 1:
        raise MisuseError(
            f"{'Several findings begin' if rows else 'No finding begins'} with {finding!r}.",
            "Expected a finding_id.",
            "List them: wirehouse quarantine list --all.",
        )
    OUT.print(grid(("field", "value"), [(name, value) for name, value in rows[0].items() if value is not None]))
    if rows[0]["raw_digest"] and rows[0]["raw_kind"] != "file":
        data = read_raw(paths, [rows[0]["raw_digest"]])[0].record.data
        OUT.print(plain("The input as it came:", "bold"))
        OUT.print(plain(data[:SHOWN_BYTES].decode("utf-8", "replace")))
        if len(data) > SHOWN_BYTES:
            OUT.print(plain(f"… and {len(data) - SHOWN_BYTES} bytes more."))


@quarantine.command("replay")
def replay(
    findings: Annotated[list[str] | None, typer.Argument(help="finding_ids; all that are open when none.")] = None,
    code: Code = None,
    workers: Workers = None,
    refused_limit: RefusedLimit = 1.0,
    warehouse: Warehouse = None,
) -> None:
    """Read refused inputs again: after a limit was raised, a file mended, or the extractor changed.

    What is accepted now leaves the quarantine; what is not stays, and nothing is doubled.
    """
    from flows.settings import read_settings
    from warehouse.query import run_query

    paths = paths_of(warehouse)
    rows = run_query(paths, REPLAYED, {"code": code, "findings": findings or []}).to_dicts()
    if not rows:
        say("Nothing in the quarantine matches.")
        return
    kept = sorted({row["raw_digest"] for row in rows if row["raw_digest"] and row["raw_kind"] != "file"})
    files = sorted({row["origin"] for row in rows if row["raw_kind"] == "file" and os.path.lexists(row["origin"])})
    settings = read_settings(warehouse=paths.folder, workers=workers, refused_limit=refused_limit)
    with followed():
        account = carry_directly(files, settings, read_raw(paths, kept))
    show_account(account, settings)


def check(warehouse: Warehouse = None) -> None:
    """Verify database, manifest, raw archive and published copy; say what is wrong and what to run.

    Every row is digested and every quote compared with its text.  The exit code is 1 when something is wrong.
    """
    from warehouse.check import check_warehouse
    from warehouse.lock import WriterLock

    paths = paths_of(warehouse)
    if not (paths.live.exists() or paths.published.exists() or paths.raw.exists()):
        raise MisuseError(
            f"There is no warehouse at {paths.folder}.",
            "A run makes one.",
            "Run `wirehouse run` first, or name the folder with --warehouse.",
        )
    with WriterLock(paths):
        problems = check_warehouse(paths)
    if problems:
        OUT.print(grid(("check", "what is wrong", "what to run"), [(p.check, p.fault, p.remedy) for p in problems]))
        raise typer.Exit(1)
    say(f"The warehouse {harmless(paths.folder)} is sound: rows are what was loaded, quotes what their texts say.")


def read_raw(paths: WarehousePaths, digests: list[str]) -> list[ArchivedRecord]:
    """Read raw records from the archive."""
    from warehouse.connection import open_reader
    from warehouse.raw import read_record

    con: Any = open_reader(paths)
    try:
        return [read_record(con, paths, digest) for digest in digests]
    finally:
        con.close()
