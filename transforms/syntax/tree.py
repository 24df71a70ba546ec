"""The tree of a sentence, indexed: who hangs on whom, in constant time.

A :class:`Tree` is made once for a sentence and asked many times.  Everything is a token index into
``tree.tokens`` or a :class:`~schemas.spans.Span` of characters in the document.  A damaged tree (a cycle, a head
outside the sentence) gives less, never an exception.  What the grammar says of verbs (subjects, objects, voice)
is in :mod:`transforms.syntax.clauses`.

Relations are those of Universal Dependencies, https://universaldependencies.org/u/dep/; subtypes kept are listed in
:data:`transforms.syntax.treebank.KEPT_SUBTYPES`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from schemas.sentences import Sentence, Token
from schemas.spans import Span

# What belongs to a noun phrase in the narrow sense: the words that stand around its noun.
_NOMINAL_CORE = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "flat", "fixed", "advmod", "goeswith"})
# What hangs on a noun only because it is a predicate ("is not a member", "of the party").
_PREDICATIVE = frozenset({"cop", "aux", "nsubj", "nsubj:pass", "csubj", "expl", "mark", "case", "punct", "vocative"})
_CLAUSAL = frozenset({"acl", "acl:relcl", "advcl", "parataxis", "dep", "ccomp", "discourse", "list"})
_COORDINATE = frozenset({"conj", "cc"})
_OUTER = _CLAUSAL | {"appos"}
# What no noun phrase holds, by whether it keeps clauses and appositions.
_BARRED = {
    (clauses, appositions): (
        _COORDINATE
        | _PREDICATIVE
        | (frozenset() if clauses else _CLAUSAL)
        | (frozenset() if appositions else frozenset({"appos"}))
    )
    for clauses in (False, True)
    for appositions in (False, True)
}
_EDGE_MARKS = frozenset("“‘\"'([{«”’)]}»—–-,;:.!?…")
_PAIRS = {"”": "“", "’": "‘", ")": "(", "]": "[", "}": "{", "»": "«", '"': '"'}


class Tree:
    """A sentence's tokens with their children at hand.

    >>> from transforms.syntax.notation import read_notation
    >>> tree = Tree(read_notation(
    ...     "Two|two|NUM|CD|nummod|3 old|old|ADJ|JJ|amod|3 men|man|NOUN|NNS|nsubj|4 left|leave|VERB|VBD|root|0"))
    >>> tree.children(2), tree.roots, tree.span(2)
    ((0, 1), (3,), Span(start=0, end=11))
    """

    __slots__ = ("_children", "_edges", "_parents", "_prepositions", "_starts", "roots", "sentence", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        size = len(self.tokens)
        lists: list[list[int]] = [[] for _ in range(size)]
        parents: list[int | None] = [None] * size
        for index, token in enumerate(self.tokens):
            head = token.head
            if head != index and 0 <= head < size:
                parents[index] = head
                lists[head].append(index)
        self._children = [tuple(c) for c in lists]
        self._parents = parents
        self.roots: tuple[int, ...] = tuple(i for i, parent in enumerate(parents) if parent is None)
        self._starts: list[int] | None = None
        self._edges: dict[int, tuple[int, int]] = {}
        self._prepositions: dict[int, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    # -- one step --------------------------------------------------------------------------------------------------

    def children(self, index: int, *relations: str) -> tuple[int, ...]:
        """Give the tokens that hang on ``index``, left to right; only those with one of ``relations`` if any given.

        A relation without a subtype stands for itself alone: ``children(i, "nsubj")`` leaves ``nsubj:pass`` out.
        """
        own = self._children[index]
        if not relations or not own:
            return own
        tokens = self.tokens
        return tuple([c for c in own if tokens[c].relation in relations])

    def child(self, index: int, *relations: str) -> int | None:
        """Give the first child with one of ``relations``, or nothing."""
        for candidate in self._children[index]:
            if self.tokens[candidate].relation in relations:
                return candidate
        return None

    def parent(self, index: int) -> int | None:
        """Give the governing token, or nothing for a root."""
        return self._parents[index]

    def relation(self, index: int) -> str:
        """Give the token's relation to its head."""
        return self.tokens[index].relation

    # -- many steps ------------------------------------------------------------------------------------------------

    def ancestors(self, index: int) -> Iterator[int]:
        """Walk from the token's head up to the root; ends after as many steps as there are tokens."""
        parents = self._parents
        at = parents[index]
        for _ in self.tokens:
            if at is None:
                return
            yield at
            at = parents[at]

    def is_under(self, index: int, ancestor: int) -> bool:
        """Tell whether ``index`` is ``ancestor`` or hangs below it."""
        return index == ancestor or ancestor in self.ancestors(index)

    def subtree(self, index: int, *, without: Iterable[str] = ()) -> tuple[int, ...]:
        """Give ``index`` and all that hangs below it, in text order.

        Branches whose topmost relation is in ``without`` are cut off, wherever they hang.
        """
        if not self._children[index]:
            return (index,)
        barred = frozenset(without)
        seen = {index}
        stack = [index]
        while stack:
            for child in self._children[stack.pop()]:
                if child not in seen and self.tokens[child].relation not in barred:
                    seen.add(child)
                    stack.append(child)
        return tuple(sorted(seen))

    def edges(self, index: int) -> tuple[int, int]:
        """Give the first and last token of the subtree."""
        if index not in self._edges:
            below = self.subtree(index)
            self._edges[index] = (below[0], below[-1])
        return self._edges[index]

    def span(self, index: int) -> Span:
        """Give the characters from the first to the last token of the subtree, outer punctuation left out."""
        return self.hull(self.subtree(index)) or self.tokens[index].span

    def path(self, index: int, other: int) -> tuple[str, ...] | None:
        """Give the relations from ``index`` up (``^nsubj``) to the common ancestor and down (``obj``) to ``other``.

        >>> from transforms.syntax.notation import read_notation
        >>> tree = Tree(read_notation("He|he|PRON|PRP|nsubj|2 saw|see|VERB|VBD|root|0 it|it|PRON|PRP|obj|2"))
        >>> tree.path(0, 2)
        ('^nsubj', 'obj')
        """
        down = [other, *self.ancestors(other)]
        below = set(down)
        rising: list[str] = []
        for at in (index, *self.ancestors(index)):
            if at in below:
                falling = [self.tokens[i].relation for i in down[: down.index(at)]]
                return (*rising, *reversed(falling))
            rising.append(f"^{self.tokens[at].relation}")
        return None

    # -- between characters and tokens -------------------------------------------------------------------------------

    def tokens_in(self, span: Span) -> range:
        """Give the tokens that share at least one character with ``span`` (document offsets), by bisection."""
        if self._starts is None:
            self._starts = [t.char_start for t in self.tokens]
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        while first < len(self.tokens) and self.tokens[first].char_end <= span.start:
            first += 1
        return range(first, max(first, bisect_left(self._starts, span.end)))

    def token_at(self, char: int) -> int | None:
        """Give the token that covers the document offset ``char``, or nothing between tokens."""
        found = self.tokens_in(Span(char, char + 1))
        return found[0] if found else None

    def head_of(self, span: Span) -> int | None:
        """Give the token that governs a stretch of characters: the one in it whose head lies outside.

        Of several, the one that stands highest in the tree, then the leftmost; nothing if no token is inside.
        """
        inside = self.tokens_in(span)
        tops = [i for i in inside if self.parent(i) is None or self.tokens[i].head not in inside]
        spoken = [i for i in tops if self.tokens[i].relation not in ("punct", "case", "cc", "mark")] or tops
        return min(spoken, key=lambda i: (sum(1 for _ in self.ancestors(i)), i), default=None)

    def hull(self, indices: Iterable[int]) -> Span | None:
        """Give the characters from the first to the last of ``indices``, without punctuation at either edge.

        A mark that closes what the phrase opened is taken in: «a “terrorist attack”».  Nothing for no tokens.
        """
        listed = sorted(set(indices))
        first, last = 0, len(listed) - 1
        while first < last and self._is_loose(listed[first]):
            first += 1
        while last > first and self._is_loose(listed[last]):
            last -= 1
        if not listed:
            return None
        low, high = listed[first], self._close(listed[first], listed[last])
        return Span(self.tokens[low].char_start, self.tokens[high].char_end)

    def _is_loose(self, index: int) -> bool:
        token = self.tokens[index]
        return token.pos == "PUNCT" and token.text[:1] in _EDGE_MARKS

    def _close(self, first: int, last: int) -> int:
        """Give ``last``, or the mark after it if that closes one left open since ``first``."""
        if last + 1 < len(self.tokens):
            opening = _PAIRS.get(self.tokens[last + 1].text)
            texts = [self.tokens[i].text for i in range(first, last + 1)]
            closing = self.tokens[last + 1].text
            if opening == closing and texts.count(opening) % 2:
                return last + 1
            if opening and opening != closing and texts.count(opening) > texts.count(closing):
                return last + 1
        return last

    # -- phrases -----------------------------------------------------------------------------------------------------

    def noun_phrase(
        self, index: int, *, modifiers: bool = True, clauses: bool = False, appositions: bool = False
    ) -> tuple[int, ...]:
        """Give the tokens of the noun phrase headed by ``index``; coordinated phrases are never part of it.

        Args:
            index: The head noun, pronoun, name or number.
            modifiers: Keep prepositional phrases (``nmod``, ``obl``) that hang on it.
            clauses: Keep relative and other clauses.
            appositions: Keep appositions.

        The preposition that leads the phrase itself is left out; a possessor's ``'s`` inside it stays.
        """
        barred = _BARRED[clauses, appositions]
        if self.child(index, "cop") is not None:
            barred = barred | {"advmod", "obl", "obl:unmarked"}
        kept = {index}
        for child in self._children[index]:
            relation = self.tokens[child].relation
            if relation in barred:
                continue
            if relation in _NOMINAL_CORE or modifiers or (clauses and relation in _CLAUSAL):
                # Inside a modifier coordination belongs to it: "the ministers of defence and finance".
                kept.update(self.subtree(child, without=() if clauses else _OUTER))
            elif appositions and relation == "appos":
                kept.update(self.subtree(child))
        return self._fill_punctuation(kept)

    def noun_phrase_span(
        self, index: int, *, modifiers: bool = True, clauses: bool = False, appositions: bool = False
    ) -> Span:
        """Give the characters of :meth:`noun_phrase`."""
        phrase = self.noun_phrase(index, modifiers=modifiers, clauses=clauses, appositions=appositions)
        return self.hull(phrase) or self.tokens[index].span

    def _fill_punctuation(self, kept: set[int]) -> tuple[int, ...]:
        """Keep the stretch around the head whole: marks and hyphens between two kept tokens belong to it."""
        low, high = min(kept), max(kept)
        if high - low >= len(kept):
            kept.update([i for i in range(low, high) if self.tokens[i].relation == "punct"])
        return tuple(sorted(kept))

    def conjuncts(self, index: int) -> tuple[int, ...]:
        """Give all members of the coordination ``index`` belongs to, itself included, in text order.

        >>> from transforms.syntax.notation import read_notation
        >>> tree = Tree(read_notation(
        ...     "men|man|NOUN|NNS|root|0 and|and|CCONJ|CC|cc|3 women|woman|NOUN|NNS|conj|1"))
        >>> tree.conjuncts(2)
        (0, 2)
        """
        first = self.first_conjunct(index)
        members, stack = {first}, [first]
        while stack:
            for child in self.children(stack.pop(), "conj"):
                if child not in members:
                    members.add(child)
                    stack.append(child)
        return tuple(sorted(members))

    def first_conjunct(self, index: int) -> int:
        """Give the member of the coordination the others hang on; ``index`` itself if there is none."""
        for _ in self.tokens:
            head = self.parent(index)
            if head is None or self.tokens[index].relation != "conj":
                break
            index = head
        return index

    def prepositions(self, index: int) -> tuple[str, ...]:
        """Give the prepositions (``case``) before a nominal or the subjunctions (``mark``) before a clause, lower case.

        Words fixed to them are joined: ``("because of",)``.
        """
        if not self._children[index]:
            return ()
        known = self._prepositions.get(index)
        if known is None:
            known = tuple(self._read_prepositions(index))
            self._prepositions[index] = known
        return known

    def _read_prepositions(self, index: int) -> Iterator[str]:
        for found in self.children(index, "case", "mark"):
            if self.tokens[found].text not in ("'s", "’s", "'", "’"):
                yield " ".join(self.tokens[i].text.lower() for i in (found, *self.children(found, "fixed")))
