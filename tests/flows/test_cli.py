"""The command line: what it answers, how it refuses, with which exit code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from flows.__main__ import main
from tests.conftest import NEWS
from warehouse.lock import WriterLock
from warehouse.paths import WarehousePaths

ROOT = NEWS.parent.parent


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call the command line in this process."""

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["wirehouse", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = 0
        try:
            main()
        except SystemExit as error:
            code = int(error.code or 0)
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return run


def ask(call: Call, paths: WarehousePaths, query: str, *more: object) -> Done:
    return call("sql", query, "--warehouse", paths.folder, *more)


def run_wirehouse(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "flows", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


# ---- help ----
@pytest.mark.parametrize(
    "command",
    ["run", "extract", "sql", "report", "show", "dictionary", "check", "rebuild", "serve", "ui", "quarantine"],
)
def test_every_command_explains_itself(call: Call, command: str) -> None:
    done = call(command, "--help")
    assert done.code == 0
    assert "Usage" in done.out


def test_help_loads_neither_prefect_nor_duckdb_nor_the_parser() -> None:
    code = (
        "import sys, flows.__main__\n"
        "print(*[name for name in ('prefect', 'duckdb', 'spacy', 'polars') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


# ---- extract ----
def test_extract_answers_every_line_in_order_and_names_the_bad_one(call: Call) -> None:
    lines = (
        b'{"id": 7, "text": "Nine people were killed in Odesa, officials said.", "published": "2024-05-14"}\n'
        b"\n"
        b"{not json\n"
        b'{"id": "de", "text": "Bei dem Angriff auf die Stadt wurden am Montag neun Menschen get\xc3\xb6tet."}\n'
        b'{"id": "empty", "text": ""}'
    )
    done = call("extract", "--jsonl", stdin=lines)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["input_id"] for row in rows] == ["7", "de", "empty"]
    assert done.code == 1
    assert "stdin:3" in done.err
    assert rows[0]["figures"][0]["value_low"] == 9
    assert rows[0]["text"][slice(*rows[0]["statements"][0]["cue_spans"][0])] == "said"
    assert rows[2]["figures"] == []


def test_extract_reads_plain_text_whatever_the_batch(call: Call) -> None:
    text = b"Six missiles hit Kharkiv on Monday, the mayor said."
    one, other = (call("extract", "--batch-size", size, stdin=text) for size in (1, 32))
    assert one.code == 0
    assert one.out == other.out
    assert json.loads(one.out)["figures"][0]["quote"] == "Six"


def test_extract_reads_files(call: Call) -> None:
    done = call("extract", NEWS / "first-article.txt", NEWS / "10-cairo-talks-delta-report.txt")
    assert done.code == 0
    assert len(done.out.splitlines()) == 2


# ---- sql ----
def test_sql_answers_in_four_formats(call: Call, news_warehouse: WarehousePaths, tmp_path: Path) -> None:
    query = "select count(*) as n from documents"
    assert "(1 row)" in ask(call, news_warehouse, query).out
    assert ask(call, news_warehouse, query, "--format", "csv").out.splitlines()[0] == "n"
    count = json.loads(ask(call, news_warehouse, query, "--format", "json").out)[0]["n"]
    target = tmp_path / "n.parquet"
    ask(call, news_warehouse, query, "--format", "parquet", "--output", target)
    assert pl.read_parquet(target)["n"].to_list() == [count]
    refused = json.loads(ask(call, news_warehouse, "select count(*) as n from findings", "--format", "json").out)[0][
        "n"
    ]
    assert count + refused == len([path for path in NEWS.iterdir() if path.suffix in (".txt", ".md")])


def test_sql_comes_from_a_file_or_standard_input(call: Call, news_warehouse: WarehousePaths, tmp_path: Path) -> None:
    (tmp_path / "q.sql").write_text("select 41 + 1 as answer")
    folder = ("--warehouse", news_warehouse.folder)
    assert "42" in call("sql", "--file", tmp_path / "q.sql", *folder).out
    assert "42" in call("sql", "-", *folder, stdin=b"select 41 + 1 as answer").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("sql",), 2),
        (("sql", "select 1", "--file", "x.sql"), 2),
        (("sql", "--file", "/no/such.sql"), 2),
        (("sql", "drop table runs"), 1),
        (("sql", "select * from read_text('/etc/hostname')"), 1),
        (("sql", "select 1", "--format", "xml"), 2),
        (("report", "no_such_report"), 2),
        (("report", "casualties", "planet=Mars"), 2),
        (("report", "casualties", "place"), 2),
        (("show", "no such document anywhere"), 2),
        (("quarantine", "show", "ffff"), 2),
        (("run", "/no/such/source"), 2),
        (("run", "--workers", "0"), 2),
        (("run", "--no-such-option"), 2),
    ],
)
def test_misuse_is_told_in_words(
    call: Call, news_warehouse: WarehousePaths, arguments: tuple[str, ...], code: int
) -> None:
    done = call(*arguments, "--warehouse", news_warehouse.folder)
    assert done.code == code
    assert done.err
    assert "Traceback" not in done.err + done.out


def test_before_the_first_run_sql_says_what_to_do(call: Call, tmp_path: Path) -> None:
    done = ask(call, WarehousePaths(tmp_path), "select 1")
    assert done.code == 2
    assert "wirehouse run" in done.err


def test_sql_answers_while_a_writer_holds_the_warehouse(call: Call, news_warehouse: WarehousePaths) -> None:
    with WriterLock(news_warehouse):
        assert ask(call, news_warehouse, "select count(*) from figures").code == 0


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m flows dictionary | head -1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "## Facts"
    assert done.stderr == ""


# ---- report, show, dictionary ----
def test_every_report_is_listed_and_answers(call: Call, news_warehouse: WarehousePaths) -> None:
    from warehouse.report import list_reports

    listing = call("report", "--list").out
    for report in list_reports():
        assert report.name in listing
        assert call("report", report.name, "--warehouse", news_warehouse.folder).code == 0


def test_show_marks_the_rows_of_an_article(call: Call, news_warehouse: WarehousePaths) -> None:
    row = ask(call, news_warehouse, "select document_id, title from documents where title is not null", "-f", "json")
    document = json.loads(row.out)[0]
    done = call("show", document["document_id"], "--warehouse", news_warehouse.folder)
    assert done.code == 0
    assert document["title"].split()[0] in done.out
    assert " figures" in done.out


def test_nothing_in_a_text_steers_the_terminal() -> None:
    from flows.commands.show import Mark, draw

    drawn = draw("[red]22\x1b[31m dead\u202e[/red]", [Mark(5, 7, "figures")])
    assert drawn.plain == "[red]22\ufffd[31m dead\ufffd[/red]"


# ---- check, quarantine, writer ----
def test_check_finds_our_own_warehouse_sound(call: Call, news_warehouse: WarehousePaths) -> None:
    done = call("check", "--warehouse", news_warehouse.folder)
    assert (done.code, "sound" in done.out) == (0, True)


def test_where_nothing_is_nothing_is_called_sound(call: Call, tmp_path: Path) -> None:
    done = call("check", "--warehouse", tmp_path / "mistyped")
    assert (done.code, "There is no warehouse at" in done.err) == (2, True)
    assert not (tmp_path / "mistyped").exists()


def test_a_second_writer_leaves_with_75_within_five_seconds(call: Call, news_warehouse: WarehousePaths) -> None:
    with WriterLock(news_warehouse):
        began = time.monotonic()
        done = call("run", NEWS, "--warehouse", news_warehouse.folder)
        assert time.monotonic() - began < 5
    assert done.code == 75
    assert str(os.getpid()) in done.err


def test_a_run_without_prefect_needs_no_server(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9/api"
    story = tmp_path / "story.txt"
    story.write_text("Nine people were killed when a missile hit the port of Odesa on Tuesday, officials said.")
    folder = ("--warehouse", tmp_path / "w", "--workers", 1)
    direct = run_wirehouse("run", story, "--direct", *folder, PREFECT_API_URL=nowhere)
    assert direct.returncode == 0, direct.stderr
    assert "1 inputs read: 1 loaded" in direct.stdout
    under_prefect = run_wirehouse("run", story, *folder, PREFECT_API_URL=nowhere)
    assert under_prefect.returncode == 1
    assert "--direct" in under_prefect.stderr
    assert "Traceback" not in under_prefect.stderr


def test_rebuild_and_replay_from_the_raw_archive(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = WarehousePaths(tmp_path / "w")
    folder = ("--warehouse", paths.folder, "--workers", 1)
    long = tmp_path / "long.txt"
    long.write_text("Nine people were killed when a missile hit the port of Odesa on Tuesday, officials said. " * 20)
    short = tmp_path / "short.txt"
    short.write_text("Three people were killed when a drone hit a bus in Kherson on Friday, the governor said.")
    monkeypatch.setenv("WIREHOUSE_LIMITS__CHARACTERS", "1000")
    assert call("run", short, long, "--direct", *folder).code == 0
    listed = json.loads(call("quarantine", "list", "--format", "json", *folder[:2]).out)
    assert [finding["code"] for finding in listed] == ["too_large"]
    assert "limit characters" in call("quarantine", "show", listed[0]["finding_id"], *folder[:2]).out.replace("\n", " ")
    assert "0 loaded" in call("quarantine", "replay", *folder).out
    monkeypatch.delenv("WIREHOUSE_LIMITS__CHARACTERS")
    assert "1 loaded" in call("quarantine", "replay", listed[0]["finding_id"], *folder).out
    assert json.loads(call("quarantine", "list", "--format", "json", *folder[:2]).out) == []
    before = ask(call, paths, "select document_id, text_digest from documents order by all", "-f", "csv").out
    rebuilt = call("rebuild", *folder)
    assert "2 loaded" in rebuilt.out
    assert ask(call, paths, "select document_id, text_digest from documents order by all", "-f", "csv").out == before
    assert call("rebuild", "--warehouse", tmp_path / "empty").code == 1
