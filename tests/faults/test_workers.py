"""Case 49: an article that raises, hangs or kills its worker is refused; the rest of its batch loads."""

import pytest

from flows.workers import Failure, WorkerPool
from schemas.documents import Document
from schemas.errors import ReferenceDataError, WirehouseError
from schemas.extraction import Extraction
from schemas.limits import Limits
from schemas.spans import make_id
from schemas.vocabulary import RefusalCode

HERE = "tests.faults.extractors"
LIMITS = Limits(seconds=0.2)


def document(text: str) -> Document:
    return Document(
        document_id=make_id("document", text),
        article_id="0" * 16,
        source_name="test",
        text=text,
        text_digest="0" * 64,
        raw_digest="0" * 64,
        origin=text,
    )


def outcomes(texts: list[str], extract: str = "extract_with_faults", size: int = 1) -> list[str]:
    with WorkerPool(size, LIMITS, f"{HERE}:{extract}") as pool:
        return [told(result) for result in pool.run([document(text) for text in texts])]


def told(result: Extraction | Failure) -> str:
    return result.code.value if isinstance(result, Failure) else result.document.text


def test_the_rest_of_the_batch_loads_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.processes.IDLENESS", 3)
    monkeypatch.setattr("flows.processes.GRACE", 0.5)
    texts = [f"text {n}" for n in range(40)]
    texts[3], texts[17], texts[18], texts[30] = "raise", "hang", "abort", "hang, deaf to its alarm"
    expected = list(texts)
    expected[3], expected[17], expected[18], expected[30] = "extract_error", "timeout", "crash", "timeout"
    assert outcomes(texts, size=2) == expected


def test_one_worker_is_still_a_process_of_its_own() -> None:
    assert outcomes(["text", "leave"]) == ["text", "crash"]


def test_an_error_says_where_and_not_what() -> None:
    with WorkerPool(1, LIMITS, f"{HERE}:extract_with_faults") as pool:
        (failure,) = pool.run([document("raise the secret")])
    assert isinstance(failure, Failure)
    assert failure.code is RefusalCode.EXTRACT_ERROR
    assert "KeyError in extractors.py" in failure.told
    assert "secret" not in failure.told


def test_an_extractor_that_loses_documents_is_noticed() -> None:
    assert outcomes(["one", "two"], "swallow") == ["extract_error", "extract_error"]


def test_a_broken_installation_stops_the_run() -> None:
    with pytest.raises(ReferenceDataError, match="verbs"):
        outcomes(["text"], "miss_a_table")


def test_an_extractor_that_reads_nothing_stops_the_run() -> None:
    with pytest.raises(WirehouseError, match=r"EOFError in extractors\.py"):
        outcomes(["text"], "fail_always")


def test_workers_that_cannot_start_stop_the_run(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WirehouseError, match="exit code 1"):
        outcomes(["text"], "no_such_function")
    assert "no_such_function" in capfd.readouterr().err


def test_a_pool_serves_batch_after_batch() -> None:
    with WorkerPool(1, LIMITS, f"{HERE}:extract_with_faults") as pool:
        assert [told(r) for r in pool.run([document("one")])] == ["one"]
        process = pool.workers[0].process.pid
        assert [told(r) for r in pool.run([document("two")])] == ["two"]
        assert pool.workers[0].process.pid == process
        assert list(pool.run([])) == []
    assert not pool.workers
