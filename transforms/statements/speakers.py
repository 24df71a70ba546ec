"""Whose word a statement is: the source resolved to a name, a sort, a country and a sector.

The actors found before are asked first; what they leave open is settled by the text itself: a pronoun by who spoke
last, a short name by the fullest name that ends in it, «we» inside a quotation by whoever is quoted.  A speaker the
text does not name stays without a name.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from schemas.actors import Actor
from schemas.spans import Span
from schemas.vocabulary import ActorType, SpeakerType
from transforms.reference import read_reference
from transforms.syntax.clauses import find_subjects
from transforms.syntax.tree import Tree

_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_THINGS = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_NOBODY = frozenset({"it", "there", "you", "one", "who", "which", "that", "this", "what", "some", "many", "others"})
_TYPES = {
    ActorType.PERSON: SpeakerType.PERSON,
    ActorType.ORGANISATION: SpeakerType.ORGANISATION,
    ActorType.COUNTRY: SpeakerType.COUNTRY,
    ActorType.ARMED_GROUP: SpeakerType.ORGANISATION,
    ActorType.PEOPLE_GROUP: SpeakerType.PERSON,
    ActorType.ROLE: SpeakerType.PERSON,
}
_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "his", "her", "their", "its", "our", "my"}
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as the text tells."""

    name: str | None = None
    speaker_type: SpeakerType = SpeakerType.UNKNOWN
    country: str | None = None
    sector: str | None = None


@cache
def _documents() -> frozenset[str]:
    """Nouns that name a text or a count rather than who made it: report, poll, ruling."""
    return frozenset(row["noun"] for row in read_reference("document_nouns", ("noun",)))


@cache
def _countries() -> dict[str, str]:
    """Country by name, adjective, people and capital, lower case."""
    found: dict[str, str] = {}
    for row in read_reference("countries", ("country", "name", "aliases", "adjectives", "people", "capital")):
        for column in ("capital", "people", "adjectives", "aliases", "name"):
            for form in row[column].split("|"):
                if form:
                    found[form.lower()] = row["country"]
    return found


@cache
def _metonyms() -> dict[str, tuple[str, str]]:
    rows = read_reference("metonyms", ("metonym", "aliases", "country", "sector"))
    return {
        form.lower(): (row["country"], row["sector"])
        for row in rows
        for form in (row["metonym"], *row["aliases"].split("|"))
        if form
    }


class Speakers:
    """Resolves the sources of one document, in text order; remembers who has spoken."""

    def __init__(self, text: str, trees: Sequence[Tree], actors: Sequence[Actor]) -> None:
        self._text = text
        self._by_sentence: dict[int, list[Actor]] = {}
        for actor in actors:
            self._by_sentence.setdefault(actor.sentence_no, []).append(actor)
        self._known: dict[str, Speaker] = {}
        self._spoken: list[Speaker] = []
        self._full = _full_names(trees)

    def resolve(self, tree: Tree, source: Sequence[Span], outer: Speaker | None) -> Speaker:
        """Give the speaker of a source; ``outer`` speaks the content the source stands in."""
        if not source:
            return Speaker()
        head = tree.head_of(source[0])
        if head is None:
            return Speaker()
        head = self._follow_relative(tree, head)
        speaker = self._read(tree, head, source[0], outer)
        speaker = self._complete(speaker)
        if speaker.name is not None and outer is None:
            self._spoken.append(speaker)
        return speaker

    def _follow_relative(self, tree: Tree, head: int) -> int:
        """Replace «who» or «which» by what it stands for."""
        if tree.tokens[head].tag not in ("WP", "WDT"):
            return head
        verb = tree.parent(head)
        stands_for = find_subjects(tree, verb) if verb is not None else ()
        return stands_for[0] if stands_for else head

    def _read(self, tree: Tree, head: int, source: Span, outer: Speaker | None) -> Speaker:
        token = tree.tokens[head]
        word = token.text.lower()
        if word in _FIRST:
            return self._first_person(word, outer)
        actor = self._actor_at(tree, head, source)
        if token.pos == "PRON":
            if actor is not None and (actor.is_pronoun or actor.name.lower() != word):
                return self._from_actor(actor)
            return self._spoke_last(word)
        if actor is not None:
            return self._from_mention(actor, tree, head, source)
        return self._from_words(tree, head, source)

    # -- by the actors found ---------------------------------------------------------------------------------------

    def _actor_at(self, tree: Tree, head: int, source: Span) -> Actor | None:
        """Give the actor mention that holds the head, else one in apposition to it; the longest of several."""
        near = self._by_sentence.get(tree.sentence.sentence_no, ())
        span = tree.tokens[head].span
        holding = [a for a in near if a.span.covers(span)]
        if holding:
            return max(holding, key=lambda a: (a.actor_type is ActorType.PERSON, a.char_end - a.char_start))
        joined = tree.children(head, "appos", "flat", "compound")
        persons = [a for a in near if a.actor_type is ActorType.PERSON and source.covers(a.span)]
        return next((a for a in persons if any(a.span.overlaps(tree.tokens[j].span) for j in joined)), None)

    def _from_actor(self, actor: Actor) -> Speaker:
        return Speaker(actor.name, _TYPES[actor.actor_type], actor.country, actor.sector)

    def _from_mention(self, actor: Actor, tree: Tree, head: int, source: Span) -> Speaker:
        """Name a mention: persons by their fullest name, others as written, for a metonym is not what it stands for."""
        speaker = self._from_actor(actor)
        if actor.actor_type is ActorType.PERSON or (
            actor.actor_type is ActorType.ROLE and actor.name.lower() != actor.quote.lower()
        ):
            return speaker
        written = self._phrase(tree, head, source)
        if _shares_word(written, actor.name) and len(actor.name.split()) >= len(written.split()):
            return speaker
        return replace(speaker, name=written)

    # -- by the text alone -----------------------------------------------------------------------------------------

    def _first_person(self, word: str, outer: Speaker | None) -> Speaker:
        if outer is not None:
            return outer
        alone = word in ("i", "me", "my", "mine", "myself")
        fits = (SpeakerType.PERSON,) if alone else tuple(SpeakerType)
        return next((s for s in reversed(self._spoken) if s.speaker_type in fits), Speaker())

    def _spoke_last(self, word: str) -> Speaker:
        """Give the last speaker a pronoun can stand for."""
        if word in _PERSON:
            fits = {SpeakerType.PERSON}
        elif word in _THINGS:
            fits = {SpeakerType.ORGANISATION, SpeakerType.COUNTRY, SpeakerType.DOCUMENT}
        elif word in _MANY:
            fits = {SpeakerType.ORGANISATION, SpeakerType.COUNTRY, SpeakerType.PERSON}
        else:
            return Speaker()
        return next((s for s in reversed(self._spoken) if s.speaker_type in fits), Speaker())

    def _from_words(self, tree: Tree, head: int, source: Span) -> Speaker:
        token = tree.tokens[head]
        if token.text.lower() in _NOBODY:
            return Speaker()
        written = self._phrase(tree, head, source)
        if not written:
            return Speaker()
        lower = written.lower()
        country, sector = _metonyms().get(lower, (_countries().get(lower), None))
        if lower in _metonyms() or lower in _countries():
            is_metonym = lower in _metonyms()
            kind = SpeakerType.ORGANISATION if is_metonym else SpeakerType.COUNTRY
            return Speaker(written, kind, country or None, sector or ("GOV" if not is_metonym else None))
        kind = self._sort(tree, head)
        if kind is SpeakerType.PERSON and token.pos == "PROPN":
            written = self._full.get(token.text, _name_phrase(tree, head))
        return Speaker(written, kind, self._country_in(tree, source))

    def _sort(self, tree: Tree, head: int) -> SpeakerType:
        token = tree.tokens[head]
        if token.pos != "PROPN" and token.lemma.lower() in _documents():
            return SpeakerType.DOCUMENT
        if token.pos == "PROPN":
            has_article = any(tree.tokens[i].text.lower() == "the" for i in tree.children(head, "det"))
            return SpeakerType.ORGANISATION if has_article or token.text.isupper() else SpeakerType.PERSON
        return SpeakerType.PERSON if token.lemma.lower() in _persons() else SpeakerType.ORGANISATION

    def _country_in(self, tree: Tree, source: Span) -> str | None:
        """Give the country a source names itself by: «the Russian defence ministry»."""
        countries = _countries()
        words = [tree.tokens[i].text.lower() for i in tree.tokens_in(source)]
        pairs = [" ".join(pair) for pair in itertools.pairwise(words)]
        return next((countries[w] for w in (*pairs, *words) if w in countries), None)

    def _phrase(self, tree: Tree, head: int, source: Span) -> str:
        """Give the source as written, without its first determiner and what follows a comma."""
        inside = list(tree.tokens_in(source))
        if inside and tree.tokens[inside[0]].text.lower() in _DETERMINERS:
            inside = inside[1:]
        stops = [n for n, i in enumerate(inside) if tree.tokens[i].text in (",", "(", "—", "–") and i > head]
        inside = inside[: stops[0]] if stops else inside
        if not inside:
            return ""
        written = self._text[tree.tokens[inside[0]].char_start : tree.tokens[inside[-1]].char_end]
        return " ".join(written.split()).removesuffix("'s").removesuffix("’s")

    def _complete(self, speaker: Speaker) -> Speaker:
        """Fill country and sector from what was known of the same name before."""
        known_as = speaker.name
        if known_as is None:
            return speaker
        known = self._known.get(known_as)
        if known is not None:
            speaker = replace(speaker, country=speaker.country or known.country, sector=speaker.sector or known.sector)
        self._known[known_as] = speaker
        return speaker


@cache
def _persons() -> frozenset[str]:
    rows = read_reference("roles", ("role", "actor_type"))
    return frozenset(row["role"].lower() for row in rows if row["actor_type"] in ("role", "people-group", "person"))


def _name_phrase(tree: Tree, head: int) -> str:
    """Give the proper name around its head: the run of capitalised words."""
    low = high = head
    while low > 0 and tree.tokens[low - 1].pos == "PROPN":
        low -= 1
    while high + 1 < len(tree.tokens) and tree.tokens[high + 1].pos == "PROPN":
        high += 1
    return " ".join(t.text for t in tree.tokens[low : high + 1])


def _full_names(trees: Sequence[Tree]) -> dict[str, str]:
    """Give for each last word of a name the fullest name of the document that ends in it."""
    found: dict[str, str] = {}
    for tree in trees:
        run: list[str] = []
        for token in (*tree.tokens, None):
            if token is not None and token.pos == "PROPN":
                run.append(token.text)
                continue
            if 1 < len(run) <= 5 and len(" ".join(run)) > len(found.get(run[-1], "")):
                found[run[-1]] = " ".join(run)
            run = []
    return found


def _shares_word(one: str, other: str) -> bool:
    return bool({w.lower() for w in one.split()} & {w.lower() for w in other.split()})
