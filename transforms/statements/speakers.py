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
from transforms.statements.naming import Names, has_title, is_role, strip_article
from transforms.syntax.clauses import find_subjects
from transforms.syntax.tree import Tree

_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_THINGS = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_NOBODY = frozenset({"it", "there", "you", "one", "who", "which", "that", "this", "what", "some", "many", "others"})
_BYLINES = 3
"""Sentences a byline is looked for in."""
_BODIES = (ActorType.COUNTRY, ActorType.ORGANISATION)
_TYPES = {
    ActorType.PERSON: SpeakerType.PERSON,
    ActorType.ORGANISATION: SpeakerType.ORGANISATION,
    ActorType.COUNTRY: SpeakerType.COUNTRY,
    ActorType.ARMED_GROUP: SpeakerType.ORGANISATION,
    ActorType.PEOPLE_GROUP: SpeakerType.PERSON,
    ActorType.ROLE: SpeakerType.PERSON,
}


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


def is_document(tree: Tree, source: Span) -> bool:
    """Tell whether a source is a text or a finding: «the report», «a new poll»."""
    head = tree.head_of(source)
    return head is not None and tree.tokens[head].lemma.lower() in _documents()


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


def is_country(name: str) -> bool:
    """Tell whether a word is a country's name or another name for it.

    >>> is_country("Norway"), is_country("Holm")
    (True, False)
    """
    return name.lower() in _countries()


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
        self._trees = trees
        self._names = Names(text, trees, actors)
        self._by_sentence: dict[int, list[Actor]] = {}
        for actor in actors:
            self._by_sentence.setdefault(actor.sentence_no, []).append(actor)
        self._known: dict[str, Speaker] = {}
        self._spoken: list[Speaker] = []
        self._issuer: Speaker | None = None

    def resolve(self, tree: Tree, source: Sequence[Span], cue: int, outer: Speaker | None) -> Speaker:
        """Give the speaker of a source; ``cue`` is its cue's head, ``outer`` speaks what the source stands in."""
        # Of a source in several spans the one beside the cue names the speaker.
        at = tree.tokens[cue].char_start
        near = min(source, key=lambda span: max(span.start - at, at - span.end), default=None)
        head = tree.head_of(near) if near is not None else None
        if near is None or head is None:
            return Speaker()
        head = self._follow_relative(tree, head)
        speaker = self._complete(self._read(tree, head, near, outer))
        if speaker.name is not None and outer is None:
            self._spoken.append(speaker)
            is_body = speaker.speaker_type in (SpeakerType.ORGANISATION, SpeakerType.COUNTRY)
            if is_body and tree.tokens[cue].tag in ("VBZ", "VBP"):
                self._issuer = speaker
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
            last = self._spoke_last(word)
            if actor is None or not (actor.is_pronoun or actor.name.lower() != word):
                return last
            # Actors may lead a pronoun to a mere role; who spoke last by name is told more fully.
            is_named = actor.name[:1].isupper() or last.name is None or not last.name[:1].isupper()
            return self._from_actor(actor) if is_named else last
        if actor is not None:
            return self._from_mention(actor, tree, head, source)
        return self._from_words(tree, head, source)

    # -- by the actors found ---------------------------------------------------------------------------------------

    def _actor_at(self, tree: Tree, head: int, source: Span) -> Actor | None:
        """Give the actor mention that holds the head, else one in apposition to it; the longest of several."""
        near = self._by_sentence.get(tree.sentence.sentence_no, ())
        span = tree.tokens[head].span
        persons = [a for a in near if a.actor_type is ActorType.PERSON and source.covers(a.span)]
        holding = [a for a in near if a.span.covers(span)]
        is_role = not holding or holding[0].actor_type is ActorType.ROLE
        if tree.tokens[head].pos == "NOUN" or is_role:
            joined = tree.children(head, "appos", "flat", "compound")
            named = next((a for a in persons if any(a.span.overlaps(tree.tokens[j].span) for j in joined)), None)
            last = next((a for a in persons if a.char_end >= source.end - 2 and a.char_start > span.end), None)
            if named is not None or (last is not None and is_role):
                return named or last
        rank = (ActorType.PERSON, ActorType.COUNTRY, ActorType.ORGANISATION, ActorType.ARMED_GROUP)
        return max(holding, key=lambda a: (a.actor_type in rank, a.char_end - a.char_start), default=None)

    def _from_actor(self, actor: Actor) -> Speaker:
        return Speaker(actor.name, _TYPES[actor.actor_type], actor.country, actor.sector)

    def _from_mention(self, actor: Actor, tree: Tree, head: int, source: Span) -> Speaker:
        """Name a mention: persons by their fullest name, others as written, for a metonym is not what it stands for."""
        speaker = self._from_actor(actor)
        if is_role(actor.name):
            return replace(speaker, name=self._name_role(actor, tree, head, source))
        if actor.actor_type is ActorType.PERSON or has_title(actor.name):
            name = self._names.full_person(actor.name if actor.name in self._text else actor.quote)
            together = self._persons_together(tree, head, source)
            return replace(speaker, name=" and ".join(together) or name, speaker_type=SpeakerType.PERSON)
        if actor.actor_type in (ActorType.ROLE, ActorType.PEOPLE_GROUP):
            return replace(speaker, name=self._name_role(actor, tree, head, source))
        written = self._phrase(tree, head, source)
        if actor.actor_type is ActorType.COUNTRY and _is_country_name(written, actor.name):
            return replace(speaker, name=actor.name)
        full = self._names.full_body(actor)
        if _shares_word(written, full) and len(full.split()) >= len(written.split()):
            return replace(speaker, name=full)
        return replace(speaker, name=self._names.spell_out(written))

    def _persons_together(self, tree: Tree, head: int, source: Span) -> list[str]:
        """Give the persons of a source that names several: «A. Blinken and M. al-Kadhimi»."""
        if len(tree.conjuncts(head)) < 2:
            return []
        near = self._by_sentence.get(tree.sentence.sentence_no, ())
        heads = [tree.tokens[i].span for i in tree.conjuncts(head)]
        persons = [a for a in near if source.covers(a.span) and any(a.span.covers(span) for span in heads)]
        return [self._names.full_person(a.name) for a in persons] if len(persons) > 1 else []

    def _name_role(self, actor: Actor, tree: Tree, head: int, source: Span) -> str:
        """Name a role: by whom the actors or the text give it to, if it is one person's; else as written."""
        written = self._phrase(tree, head, source)
        if actor.name.lower() != actor.quote.lower() and actor.name[:1].isupper():
            return self._names.full_person(actor.name) if not _shares_word(actor.name, actor.quote) else written
        token = tree.tokens[head]
        is_one = token.tag in ("NN", "NNP") and (
            token.pos == "PROPN" or any(tree.tokens[i].text.lower() == "the" for i in tree.children(head, "det"))
        )
        holder = self._names.person_in_role(token.text, source.start) if is_one and len(written.split()) <= 4 else None
        return holder or written

    # -- by the text alone -----------------------------------------------------------------------------------------

    def _first_person(self, word: str, outer: Speaker | None) -> Speaker:
        """Give who says «I» or «we»: whoever is quoted; outside quotations who signs or issues the text."""
        if outer is not None:
            return outer
        if word in ("i", "me", "my", "mine", "myself"):
            author = self._find_author()
            if author is not None:
                return author
            persons = (s for s in reversed(self._spoken) if s.speaker_type is SpeakerType.PERSON)
            return next((s for s in persons if s.name is not None and s.name[:1].isupper()), Speaker())
        return self._issuer or self._find_issuer() or Speaker()

    def _find_author(self) -> Speaker | None:
        """Find the person a text opens with in a line without a verb: «Ada Holm, Secretary of Trade»."""
        for tree in self._trees[:_BYLINES]:
            if any(token.pos in ("VERB", "AUX") for token in tree.tokens):
                continue
            for actor in self._by_sentence.get(tree.sentence.sentence_no, ()):
                if actor.actor_type is ActorType.PERSON and actor.char_start == tree.sentence.char_start:
                    return self._from_actor(actor)
        return None

    def _find_issuer(self) -> Speaker | None:
        """Find the first body that does something in the present tense: press releases speak of their own so."""
        for tree in self._trees:
            for actor in self._by_sentence.get(tree.sentence.sentence_no, ()):
                head = tree.head_of(actor.span) if actor.actor_type in _BODIES and not actor.is_pronoun else None
                if head is None or tree.tokens[head].relation != "nsubj":
                    continue
                verb = tree.parent(head)
                if verb is not None and _is_present(tree, verb):
                    return self._from_actor(actor)
        return None

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
            written = self._names.full_person(written)
        return Speaker(self._names.spell_out(written), kind, self._country_in(tree, source))

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
        stops = [n for n, i in enumerate(inside) if tree.tokens[i].text in (",", "(", "—", "–") and i > head]
        inside = inside[: stops[0]] if stops else inside
        if not inside:
            return ""
        written = self._text[tree.tokens[inside[0]].char_start : tree.tokens[inside[-1]].char_end]
        return strip_article(" ".join(written.split())).removesuffix("'s").removesuffix("’s")

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


def _is_present(tree: Tree, verb: int) -> bool:
    """Tell whether a clause is in the present tense or speaks of the future."""
    return any(
        tree.tokens[i].tag in ("VBZ", "VBP", "MD") for i in (verb, *tree.children(verb, "aux", "aux:pass", "cop"))
    )


def _is_country_name(written: str, name: str) -> bool:
    """Tell whether a country is written by its own name or an abbreviation of it, not by its capital."""
    return written.lower() in name.lower() or "." in written or (written.isupper() and len(written) <= 4)


def _shares_word(one: str, other: str) -> bool:
    return bool({w.lower() for w in one.split()} & {w.lower() for w in other.split()})
