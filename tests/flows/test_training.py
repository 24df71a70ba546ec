"""Training by files: the same corpora give the same weights, whatever else draws random numbers meanwhile."""

from __future__ import annotations

import pytest

from flows.apart import run_apart
from flows.lessons import teach_syntax
from schemas.errors import WirehouseError

SENTENCE = """# text = Two drones hit the port.
1\tTwo\ttwo\tNUM\tCD\t_\t2\tnummod\t_\t_
2\tdrones\tdrone\tNOUN\tNNS\t_\t3\tnsubj\t_\t_
3\thit\thit\tVERB\tVBD\t_\t0\troot\t_\t_
4\tthe\tthe\tDET\tDT\t_\t5\tdet\t_\t_
5\tport\tport\tNOUN\tNN\t_\t3\tobj\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

"""


def test_the_parser_is_trained_to_the_same_bytes_twice(tmp_path):
    data = tmp_path / "treebanks"
    data.mkdir()
    for name in ("ewt_train", "gum_free_train", "ewt_dev", "gum_free_dev"):
        (data / f"{name}.conllu").write_text(SENTENCE * 40, encoding="utf-8")
    told: list[str] = []
    weights = []
    for run in ("once", "again"):
        run_apart(teach_syntax, data, [], tmp_path / run, 12, tell=told.append)
        weights.append((tmp_path / run / "parser" / "model").read_bytes())
    assert weights[0] == weights[1]
    assert told[0] == "80 sentences to learn from, 80 to check on"
    assert any("step 12 of 12" in line for line in told)


def refuse(what: str, tell: object) -> None:
    raise WirehouseError(f"Not {what}.", "Expected otherwise.", "Try again.")


def test_what_goes_wrong_apart_is_told():
    with pytest.raises(WirehouseError, match="Not this"):
        run_apart(refuse, "this", tell=print)


def leave(status: int, tell: object) -> None:
    raise SystemExit(status)


def test_a_process_that_dies_is_told():
    with pytest.raises(WirehouseError, match="exit code 3"):
        run_apart(leave, 3, tell=print)
