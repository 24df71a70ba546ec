"""One construction the parser often turns upside down: the reporting clause at the end of what is reported.

In «“We will win,” the minister said.» the treebanks take *said* for the root and *win* for its complement, 98 times
in 100; a parser reading from the left is often content with *win* as the root and hangs *said* on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.syntax.parse import Parse

_FORMS_LISTED = """
    said says say told tells tell added adds add wrote writes write noted notes note announced announces reported
    reports report warned warns warn claimed claims claim argued argues argue stated states state replied replies
    declared declares insisted insists explained explains believed believes believe think thinks thought know knows
    knew suggested suggests admitted admits acknowledged acknowledges confirmed confirms recalled recalls stressed
    stresses emphasized emphasised concluded concludes observed observes predicted predicts tweeted asked asks ask
    alleged alleges continued continues joked quipped estimated estimates indicated indicates complained complains
"""
_FORMS = frozenset(_FORMS_LISTED.split())
_HEARERS = frozenset({"told", "tells", "tell", "asked", "asks", "ask"})
_LOOSE = frozenset({"parataxis", "conj", "advcl", "dep", "acl:relcl", "ccomp"})
_BEFORE = frozenset({",", "”", '"', "''", "’", "'", "?", "!", "—", "–"})
_LOOKBACK = 25


def raise_reporting_clause(words: Sequence[str], parse: Parse) -> Parse:
    """Make the verb of a closing reporting clause the root and what is reported its ``ccomp``; changes ``parse``.

    Limits: the clause must end the sentence, stand after a comma or a closing mark, have a subject of its own and
    no complement; «he said» inside a sentence stays ``parataxis``, as the treebanks have it.

    >>> words = "We won , he said .".split()
    >>> parse = Parse(["PRON", "VERB", "PUNCT", "PRON", "VERB", "PUNCT"], [""] * 6,
    ...               ["nsubj", "root", "punct", "nsubj", "parataxis", "punct"], [1, 1, 1, 4, 1, 1])
    >>> raise_reporting_clause(words, parse).heads
    [1, 4, 1, 4, 4, 4]
    """
    roots = [i for i, head in enumerate(parse.heads) if head == i]
    last = _last_word(parse)
    for verb in range(max(1, last - _LOOKBACK), last + 1):
        if len(roots) == 1 and roots[0] < verb and words[verb].lower() in _FORMS and parse.relations[verb] in _LOOSE:
            first = _clause_start(words, parse, verb, last)
            if first is not None and roots[0] < first:
                _turn(parse, roots[0], verb, first)
                break
    return parse


def _last_word(parse: Parse) -> int:
    return max((i for i, pos in enumerate(parse.pos) if pos != "PUNCT"), default=-1)


def _clause_start(words: Sequence[str], parse: Parse, verb: int, last: int) -> int | None:
    """Give the first token of the clause of ``verb`` if it is a reporting clause that ends the sentence."""
    children = [i for i, head in enumerate(parse.heads) if head == verb and i != verb and parse.pos[i] != "PUNCT"]
    relations = {parse.relations[i] for i in children}
    if "nsubj" not in relations or relations & {"ccomp", "xcomp", "cc", "mark", "aux:pass", "csubj"}:
        return None
    if "obj" in relations and words[verb].lower() not in _HEARERS:
        return None
    below = _descendants(parse, verb)
    first = min(below)
    spoken = [i for i in range(first, last + 1) if parse.pos[i] != "PUNCT"]
    is_whole = below.issuperset(spoken) and first > 0
    return first if is_whole and words[first - 1] in _BEFORE else None


def _descendants(parse: Parse, top: int) -> set[int]:
    below = {top}
    size = 0
    while size < len(below):
        size = len(below)
        below.update(i for i, head in enumerate(parse.heads) if head in below and parse.pos[i] != "PUNCT")
    return below


def _turn(parse: Parse, root: int, verb: int, first: int) -> None:
    parse.heads[verb], parse.relations[verb] = verb, "root"
    parse.heads[root], parse.relations[root] = verb, "ccomp"
    for index in range(first, len(parse.heads)):
        if parse.heads[index] == root and index != verb:
            parse.heads[index] = verb
