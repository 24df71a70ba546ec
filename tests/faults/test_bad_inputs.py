"""Bad input by file: each file of the corpus ends exactly as its table says, and nothing raises or hangs."""

import json
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from flows.sources import list_records, read_record
from schemas.articles import Article, RawRecord, Refusal
from schemas.limits import Limits
from tests.faults.bad_inputs import BIG, BODY, CORPUS, compare, observe, record, write_corpus
from transforms.documents import make_document


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, int], dict[str, int]]]:
    folder = tmp_path_factory.mktemp("bad") / "inputs"
    write_corpus(folder, CORPUS)
    return {name: (expected, actual) for name, expected, actual in compare(folder)}


@pytest.mark.parametrize("name", [name.replace("\u202e", "\\u202e") for name in CORPUS])
def test_a_bad_file_ends_as_expected(corpus: dict[str, tuple[dict[str, int], dict[str, int]]], name: str) -> None:
    expected, actual = corpus[name]
    assert actual == expected


def test_nothing_is_written_where_an_archive_says(tmp_path: Path) -> None:
    inputs = tmp_path / "a" / "b"
    archives = {name: case for name, case in CORPUS.items() if name.startswith(("31", "32"))}
    write_corpus(inputs, archives)
    list(compare(inputs))
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {inputs / name for name in archives}


@pytest.mark.parametrize("share", [0, 5, 50, 100])
def test_damaged_lines_are_counted_exactly(tmp_path: Path, share: int) -> None:
    total = 400
    damaged = total * share // 100
    good = [record(id=str(n), text=f"{n} {BODY}") for n in range(total)]
    bad = [line[: len(line) // 2] if n % 2 else line.replace(":", "", 1) for n, line in enumerate(good)]
    chosen = {n * total // damaged for n in range(damaged)}
    mixed = [bad[n] if n in chosen else good[n] for n in range(total)]
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(mixed))
    outcomes = Counter(outcome.split()[0] for _, outcome in observe([file]))
    assert outcomes == Counter({"accepted": total - damaged, "refused": damaged})


def test_a_completed_file_adds_only_what_was_cut(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    whole = "\n".join([record(id="a"), record(id="b", text="b " + BODY)])
    file.write_text(whole[:-30])
    before = documents(file)
    file.write_text(whole)
    after = documents(file)
    assert len(before) == 1
    assert len(after) == 2
    assert before < after


def documents(path: Path) -> set[str]:
    read = [item for r in list_records([path]) if isinstance(r, RawRecord) for item in read_record(r)]
    made = [make_document(item) for item in read if isinstance(item, Article)]
    return {document.document_id for document in made if not isinstance(document, Refusal)}


def test_a_key_that_comes_late_is_read(tmp_path: Path) -> None:
    file = tmp_path / "late.jsonl"
    file.write_text("\n".join(record(id=str(n), **({"byline": "AP"} if n >= 100 else {})) for n in range(300)))
    read = [item for r in list_records([file]) if isinstance(r, RawRecord) for item in read_record(r)]
    assert [item.authors for item in read if isinstance(item, Article)] == [()] * 100 + [("AP",)] * 200


def test_limits_stand_in_the_refusal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 200)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "x" * 200}))
    refusals = [r for r in list_records([tmp_path], Limits(file_bytes=100, record_bytes=150)) if isinstance(r, Refusal)]
    assert ["file_bytes" in refusals[0].reason, "200 bytes" in refusals[0].reason] == [True, True]
    assert "record_bytes" in refusals[1].reason
    assert all(refusal.reason.count("; ") >= 2 for refusal in refusals)


MEMORY = """
import resource, sys
from pathlib import Path
from tests.faults.bad_inputs import compare
import trafilatura, feedparser, py3langid
py3langid.classify("The model is loaded.")
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
wrong = [name for name, expected, actual in compare(Path(sys.argv[1])) if expected != actual]
print(wrong, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) // 1024)
"""


def test_huge_files_are_refused_without_being_held(tmp_path: Path) -> None:
    write_corpus(tmp_path, {**BIG, **{name: CORPUS[name] for name in CORPUS if name.startswith(("25", "30", "31"))}})
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(tmp_path)], capture_output=True, text=True, check=True, timeout=120
    )
    wrong, megabytes = done.stdout.rsplit(maxsplit=1)
    assert wrong == "[]"
    assert int(megabytes) < 250 or resource.getpagesize() > 4096
