"""Every reason of refusal and every flag is explained to people."""

import pytest

from schemas.meanings import MEANINGS


@pytest.mark.parametrize("words", MEANINGS)
def test_every_word_has_a_meaning(words: type) -> None:
    assert list(MEANINGS[words]) == list(words)
    assert all(meaning.endswith(".") for meaning in MEANINGS[words].values())
