"""Kill a run at random points, many times over, and see that nothing is lost, doubled or different.

    python -m tests.faults.kill SOURCE [N] [--within SECONDS]

A run over SOURCE is killed N times with SIGKILL, its worker with it: at random times, and in the very moment that a
stage begins or shortly after.  After each kill the manifest equation must hold, and at every tenth the whole of
``wirehouse check``, both on a copy, so that the next run finds what the kill has left and goes on from there.  Whenever
a run gets through, its content digest must be that of an undisturbed run, and the warehouse begins anew.  Prints the
kills by stage; exits 1 on a fault.
"""

# ruff: noqa: T201  (a command of its own)
from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from mmap import mmap
from pathlib import Path
from typing import Any

from flows.worker import warm_up
from tests.faults.marked import ANY, STAGES, Plan, carry
from transforms.extraction import extract_documents
from warehouse.check import check_warehouse
from warehouse.connection import open_reader, open_writer
from warehouse.digest import digest_warehouse
from warehouse.frames import fetch_value
from warehouse.lock import WriterLock
from warehouse.manifest import count_rows, verify_manifest
from warehouse.paths import WarehousePaths

ROOT = Path(__file__).resolve().parents[2]
FORK = multiprocessing.get_context("fork")
PASSING = {"batches", "published", "tables"}
"""What may be found after a kill: a batch archived and not committed, a copy not yet published, tables not yet made."""
BALANCED = "select count(*) from run_ledger where given <> accepted + refused + duplicate"
DOUBLED = "select count(*) - count(distinct document_id) from documents"
WHOLE = 10
"""Every so-manieth kill is followed by all of ``wirehouse check``."""

LAST = 100
"""Articles a batch when nobody kills any more: the grain of batches must not show in the content."""


def apart(function: Callable[..., Any], *given: object) -> Any:
    """Call a function in a forked process: this one must never open DuckDB, since others are forked off it."""
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=lambda: theirs.send(function(*given)))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    finally:
        process.join()


def faults_after(paths: WarehousePaths, scratch: Path, whole: bool) -> list[str]:
    """Give what is wrong and should not be with what a kill has left; what is there stays as it is."""
    copied = copy_warehouse(paths, scratch)
    if not copied.live.exists():
        return []
    if whole:
        with WriterLock(copied):
            return [f"{p.check}: {p.fault}" for p in check_warehouse(copied) if p.check not in PASSING]
    with open_writer(copied) as con:
        if not fetch_value(con, "select count(*) from duckdb_tables() where table_name = 'manifest'"):
            return []
        losses = verify_manifest(con, copied)
        there = count_rows(con)
        sums = {"unbalanced": fetch_value(con, BALANCED), "doubled": fetch_value(con, DOUBLED)}
    same = not losses.documents and losses.rows_expected == losses.rows_there == there
    return ["the manifest equation does not hold"] * (not same) + [f"{n} {what}" for what, n in sums.items() if n]


def copy_warehouse(paths: WarehousePaths, folder: Path) -> WarehousePaths:
    """Copy a warehouse, its log too; the raw archive, which nobody writes meanwhile, is linked."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in paths.folder.glob("*.duckdb*"):
        shutil.copy(file, folder)
    if paths.raw.exists():
        (folder / "raw").symlink_to(paths.raw)
    return WarehousePaths(folder)


def digest_published(paths: WarehousePaths) -> str:
    """Give the content digest of the published copy."""
    if not paths.published.exists():
        return "missing: nothing was published"
    con = open_reader(paths)
    try:
        return "the ledger does not balance" if fetch_value(con, BALANCED) else digest_warehouse(con)
    finally:
        con.close()


def run_quietly(source: Path, paths: WarehousePaths, batch_size: int) -> None:
    """Run once undisturbed, as anybody would."""
    command = [sys.executable, "-m", "flows", "run", str(source), "--direct", "--warehouse", str(paths.folder)]
    command += ["--workers", "1", "--batch-size", str(batch_size)]
    # A starved machine must not refuse articles for time, or digests differ for that reason alone.
    environment = {**os.environ, "WIREHOUSE_LIMITS__SECONDS": "600"}
    if subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit("The undisturbed run failed.")


def carry_logged(log: Path, *arguments: Any) -> None:
    """Carry the news in this process, and end it; what it says goes to a file."""
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os._exit(carry(*arguments))


class Killing:
    """One source, one warehouse, killed time and again."""

    def __init__(self, given: argparse.Namespace, root: Path, wanted: str) -> None:
        """Take what to run, where, and the digest to come to."""
        self.given, self.root, self.wanted = given, root, wanted
        self.paths = WarehousePaths(given.warehouse or root / "killed")
        self.memory = mmap(-1, 1)
        self.killed, self.through, self.faults = Counter[str](), 0, list[str]()

    def run(self, plan: Plan | None) -> int:
        """Start a run and wait for its end; give its exit code."""
        self.memory[0] = 0
        arguments = (plan, self.memory, self.given.source, self.paths.folder, self.given.batch_size)
        process = FORK.Process(target=carry_logged, args=(self.root / "run.log", *arguments))
        process.start()
        process.join()
        return int(process.exitcode or 0)

    def kill(self, plan: Plan) -> None:
        """Start a run, let it die, and look at what it leaves."""
        began = time.monotonic()
        code = self.run(plan)
        if code >= 0:
            self.finish(code)
            return
        stage = STAGES[self.memory[0]]
        self.killed[stage] += 1
        number = sum(self.killed.values())
        found = apart(faults_after, self.paths, self.root / "copy", number % WHOLE == 0)
        self.faults += found
        segments = len(list(self.paths.raw.glob("*.gz")))
        told = f"kill {number}: {stage}, {segments} segments, {time.monotonic() - began:.1f} s"
        print(told, *found, sep="\n  ", flush=True)

    def finish(self, code: int) -> None:
        """Compare what a run that got through has come to, and begin anew."""
        self.through += 1
        self.faults += [f"a run left with {code}"] * bool(code)
        digest = apart(digest_published, self.paths)
        if digest != self.wanted:
            self.faults.append(f"after {sum(self.killed.values())} kills the digest is {digest}")
        self.faults += apart(faults_after, self.paths, self.root / "copy", True)
        print(f"through: {digest}", flush=True)
        if not self.faults and not self.given.keep:
            shutil.rmtree(self.paths.folder)


def main() -> int:
    """Kill and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("n", type=int, nargs="?", default=200)
    parser.add_argument("--batch-size", type=int, default=20)
    parser.add_argument("--within", type=float, default=20, help="seconds after which a run is killed at the latest")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop killing then, and finish")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--undisturbed", type=Path, help="a warehouse that an undisturbed run over SOURCE has made")
    parser.add_argument("--stages", nargs="*", default=(*STAGES, *ANY), help="where to kill, or `any time`")
    parser.add_argument("--keep", action="store_true", help="do not begin anew when a run gets through")
    parser.add_argument("--warehouse", type=Path, help="a warehouse that earlier kills have left, to go on from")
    given = parser.parse_args()
    chance, root = random.Random(given.seed), Path(tempfile.mkdtemp(prefix="wirehouse-kill-"))
    quiet = WarehousePaths(given.undisturbed or root / "quiet")
    if not given.undisturbed:
        run_quietly(given.source, quiet, given.batch_size)
    warm_up(extract_documents)
    killing = Killing(given, root, apart(digest_published, quiet))
    print(f"undisturbed: {killing.wanted}", flush=True)
    until = time.monotonic() + given.minutes * 60
    while sum(killing.killed.values()) < given.n and time.monotonic() < until and not killing.faults:
        killing.kill(Plan.draw(chance, given.within, given.stages))
    killing.given.batch_size = LAST
    killing.finish(killing.run(None))
    for name in STAGES:
        print(f"{'killed in ' + name:24}{killing.killed[name]:6}")
    print(f"{'kills':24}{sum(killing.killed.values()):6}\n{'runs that got through':24}{killing.through:6}")
    print(f"{'faults':24}{len(killing.faults):6}", *killing.faults, sep="\n")
    return int(bool(killing.faults))


if __name__ == "__main__":
    sys.exit(main())
