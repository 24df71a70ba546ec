"""Whatever happens in whatever order, the warehouse holds what one undisturbed run would (cases 38, 39 and 55)."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.warehouse.road import START, Story, archive, begin, digest_of, folder, heal, load_records, run_stories
from warehouse.check import check_warehouse
from warehouse.connection import open_writer
from warehouse.frames import fetch_value
from warehouse.install import install
from warehouse.lock import WriterLock
from warehouse.publish import publish, set_aside
from warehouse.raw import store_records
from warehouse.settle import settle_documents

STORY = st.builds(
    Story,
    number=st.integers(0, 4),
    killed=st.integers(1, 3),
    revision=st.integers(0, 2),
    source=st.sampled_from(["A", "B"]),
    place=st.sampled_from(["Łódź", "Kyiv", "Saint-Étienne 🚒"]),
)
GIVEN = st.lists(STORY, min_size=1, max_size=5)
POINTS = ("archived", "loaded", "settled", "closed")


class AnySequence(RuleBasedStateMachine):
    """Runs, crashes at every point, losses of the database, rebuilds; then the comparison with one quiet run."""

    @initialize()
    def start(self) -> None:
        """Begin with an empty folder."""
        self.root = Path(tempfile.mkdtemp())
        self.paths = folder(self.root)
        self.given: list[Story] = []

    @rule(given=GIVEN, size=st.integers(1, 5))
    def load(self, given: list[Story], size: int) -> None:
        """A run over some stories."""
        self.given += given
        run = run_stories(self.paths, given, batch_size=size)
        assert run.given == run.accepted + run.duplicate + run.refused

    @rule()
    def reload(self) -> None:
        """A run over all there ever was writes nothing and changes nothing."""
        if self.given:
            run_stories(self.paths, self.given, batch_size=50)
            before = digest_of(self.paths)
            again = run_stories(self.paths, self.given, batch_size=50)
            assert (again.accepted, again.refused) == (0, 0)
            assert digest_of(self.paths) == before

    @rule(given=GIVEN, point=st.sampled_from(POINTS))
    def crash(self, given: list[Story], point: str) -> None:
        """A run that dies: after the archive, after the load, after settling, before publishing."""
        self.given += given
        with WriterLock(self.paths):
            con = open_writer(self.paths, threads=1)
            install(con)
            run = begin(con, START)
            heal(con, self.paths, run)
            if point == "archived":
                store_records(con, self.paths, [story.record() for story in given], START)
            else:
                load_records(con, self.paths, run, [archive(story, START) for story in given])
            if point in ("settled", "closed"):
                settle_documents(con)
            con.close()
            if point == "closed":
                publish(self.paths)

    @rule()
    def rebuild(self) -> None:
        """The database made anew from the archive."""
        with WriterLock(self.paths):
            set_aside(self.paths)
        if self.given:
            run_stories(self.paths, [])

    @rule()
    def lose(self) -> None:
        """Somebody deletes the database."""
        self.paths.live.unlink(missing_ok=True)

    def teardown(self) -> None:
        """One more run, then the comparison."""
        try:
            if self.given:
                run_stories(self.paths, [])
                quiet = folder(self.root / "quiet")
                run_stories(quiet, dict.fromkeys(self.given), batch_size=100)
                assert digest_of(self.paths) == digest_of(quiet)
                assert check_warehouse(self.paths) == []
                with WriterLock(self.paths):
                    con = open_writer(self.paths, threads=1)
                    assert (
                        fetch_value(
                            con, "select count(*) from run_ledger where given <> accepted + refused + duplicate"
                        )
                        == 0
                    )
                    assert fetch_value(con, "select count(*) from runs where state = 'running'") == 0
                    con.close()
        finally:
            shutil.rmtree(self.root, ignore_errors=True)


AnySequence.TestCase.settings = settings(
    max_examples=3, stateful_step_count=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
TestAnySequence = AnySequence.TestCase
