"""Kill a run at random points, many times over, and see that nothing is lost, doubled or different.

    python -m tests.faults.kill SOURCE [N]

A run over SOURCE is killed N times with SIGKILL, its workers with it: at random times, and on the very moment that a
segment of the raw archive appears, the database's log grows, the database itself is written, or the copy is being
published.  After each kill the warehouse is checked; the next run goes on from there.  Whenever a run gets through, its
content digest must be that of an undisturbed run, and the warehouse begins anew.  Prints a table; exits 1 on a fault.
"""

# ruff: noqa: T201  (a command of its own)
from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from warehouse.check import check_warehouse
from warehouse.connection import open_reader
from warehouse.digest import digest_warehouse
from warehouse.frames import fetch_value
from warehouse.lock import WriterLock
from warehouse.paths import WarehousePaths

ROOT = Path(__file__).resolve().parents[2]
PASSING = {"batches", "published", "tables"}
"""What may be found after a kill: a batch archived and not committed, a copy not yet published, tables not yet made."""
BALANCED = "select count(*) from run_ledger where given <> accepted + refused + duplicate"
POLL_SECONDS = 0.001
PATIENCE_SECONDS = 600


def start_run(source: Path, paths: WarehousePaths, batch_size: int, workers: int) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own."""
    command = [sys.executable, "-m", "flows", "run", str(source), "--direct", "--warehouse", str(paths.folder)]
    command += ["--workers", str(workers)]
    # A starved machine must not refuse articles for time, or digests differ for that reason alone.
    environment = {**os.environ, "WIREHOUSE_BATCH_SIZE": str(batch_size), "WIREHOUSE_LIMITS__SECONDS": "600"}
    with (paths.folder.parent / "run.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)


def size_of(path: Path) -> int:
    """Give a file's size, -1 when it is not there."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def watch_for(point: str, paths: WarehousePaths) -> Callable[[], object]:
    """Give what to look at: the kill comes when it has changed."""
    wal = paths.live.with_name(paths.live.name + ".wal")
    return {
        "archive": lambda: len(list(paths.raw.glob("*"))),
        "commit": lambda: size_of(wal),
        "checkpoint": lambda: paths.live.stat().st_mtime_ns if paths.live.exists() else 0,
        "publish": lambda: size_of(paths.published.with_suffix(".part")),
    }[point]


def kill_at(point: str, process: subprocess.Popen[bytes], paths: WarehousePaths, longest: float) -> str:
    """Wait for the point, or a random time, and kill; "through" when the run was faster."""
    began = time.monotonic()
    if point == "any time":
        until = random.uniform(0, longest)
        while process.poll() is None and time.monotonic() - began < until:
            time.sleep(POLL_SECONDS)
    else:
        look, changes = watch_for(point, paths), random.choice([1, 1, 1, 2, 3, 4, 6, 8])
        before = look()
        while process.poll() is None and changes and time.monotonic() - began < PATIENCE_SECONDS:
            now = look()
            changes, before = changes - (now != before), now
            time.sleep(POLL_SECONDS)
        time.sleep(random.choice([0, 0, 0.002, 0.01, 0.05]))
    if process.poll() is not None:
        return "through"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return point


def faults_after(paths: WarehousePaths, passing: set[str]) -> list[str]:
    """Give what is wrong and should not be."""
    if not paths.folder.exists():
        return []
    with WriterLock(paths):
        return [f"{p.check}: {p.fault}" for p in check_warehouse(paths) if p.check not in passing]


def digest_published(paths: WarehousePaths) -> str:
    """Give the content digest of the published copy."""
    con = open_reader(paths)
    try:
        if fetch_value(con, BALANCED):
            return "the ledger does not balance"
        return digest_warehouse(con)
    finally:
        con.close()


def run_quietly(source: Path, paths: WarehousePaths, batch_size: int, workers: int) -> tuple[str, float]:
    """Run once undisturbed; give digest and seconds."""
    began = time.monotonic()
    process = start_run(source, paths, batch_size, workers)
    if process.wait():
        sys.exit(f"The undisturbed run failed: see {paths.folder.parent / 'run.log'}")
    return digest_published(paths), time.monotonic() - began


def main() -> int:
    """Kill and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("n", type=int, nargs="?", default=200)
    parser.add_argument("--batch-size", type=int, default=10)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop killing then, and finish")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    random.seed(given.seed)
    root = Path(tempfile.mkdtemp(prefix="wirehouse-kill-"))
    wanted, longest = run_quietly(given.source, WarehousePaths(root / "quiet"), given.batch_size, given.workers)
    print(f"undisturbed: {longest:.1f} s, digest {wanted}", flush=True)
    paths = WarehousePaths(root / "killed")
    killed, through, faults = Counter[str](), 0, list[str]()
    until = time.monotonic() + given.minutes * 60
    while sum(killed.values()) < given.n and time.monotonic() < until:
        point = random.choice(["any time", "any time", "archive", "commit", "checkpoint", "publish"])
        reached = kill_at(point, start_run(given.source, paths, given.batch_size, given.workers), paths, longest * 1.1)
        found = faults_after(paths, set() if reached == "through" else PASSING)
        faults += found
        if reached != "through":
            killed[reached] += 1
            print(f"kill {sum(killed.values())}: {reached}", *found, sep="\n  ", flush=True)
            continue
        through += 1
        digest = digest_published(paths) if paths.published.exists() else "missing: nothing was published"
        if digest != wanted:
            faults.append(f"after {sum(killed.values())} kills the digest is {digest}; see {root / 'run.log'}")
        shutil.rmtree(paths.folder)
    process = start_run(given.source, paths, given.batch_size, given.workers)
    faults += [f"the last run left with {process.returncode}"] * bool(process.wait())
    faults += faults_after(paths, set())
    same = digest_published(paths) == wanted
    for name, number in [*sorted(killed.items()), ("kills", sum(killed.values())), ("runs that got through", through)]:
        print(f"{name:24}{number:6}")
    print(f"{'faults':24}{len(faults):6}\n{'digest at the end':24}{'equal' if same else 'DIFFERENT':>6}")
    print(*faults, sep="\n")
    if same and not faults:
        shutil.rmtree(root)
    return int(not same or bool(faults))


if __name__ == "__main__":
    sys.exit(main())
