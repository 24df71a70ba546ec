"""Names of one document: titles taken off, surnames, acronyms and roles led back to the fullest name the text gives."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from schemas.actors import Actor
from schemas.sentences import Token
from schemas.vocabulary import ActorType
from transforms.reference import read_reference
from transforms.syntax.tree import Tree

_ABBREVIATED = frozenset(
    word
    for line in (
        "mr mrs ms dr prof gov sen rep reps sens gen lt col maj capt cpl sgt cmdr adm brig pvt pres rev fr hon insp",
        "mr. mrs. ms. dr. prof. gov. sen. rep. gen. lt. col. maj. capt. sgt. cmdr. adm. brig. rev. hon. sir dame lord",
        "lady then former acting deputy vice senior chief prime secretary general director-general",
    )
    for word in line.split()
)
_ACRONYM = re.compile(r"\(([A-Z]{2,7})\)")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV|Esq|MP|PhD|M\.D)\b\.?.*$")
_LINKING = frozenset({"of", "the", "and", "for", "de", "la"})
_REACH = 7
"""Words between a name and the role it is given in apposition."""


@cache
def role_words() -> frozenset[str]:
    """Words persons are called by for what they do: minister, spokesman, mayor."""
    rows = read_reference("roles", ("role", "actor_type"))
    return frozenset(row["role"].lower().split()[-1] for row in rows if row["actor_type"] == "role")


@lru_cache(maxsize=1 << 14)
def strip_titles(name: str) -> str:
    """Take titles and what stands before them off a person's name, and what is put after it.

    A name that is nothing but titles stays as it is.

    >>> strip_titles("Indian Minister of External Affairs S. Jaishankar")
    'S. Jaishankar'
    >>> strip_titles("Lt Gen Sergei Rudskoi"), strip_titles("Prime Minister")
    ('Sergei Rudskoi', 'Prime Minister')
    """
    words = _SUFFIX.sub("", name).split()
    titles = [i for i, w in enumerate(words) if w.lower().strip(",") in _ABBREVIATED or _is_role_word(w)]
    if not titles:
        return " ".join(words)
    rest = words[titles[-1] + 1 :]
    while rest and rest[0].lower() in _LINKING:
        # The department ends where an initial or the last two words begin.
        initial = next((i for i, w in enumerate(rest) if re.fullmatch(r"(?:[A-Z]\.)+", w)), len(rest) - 2)
        rest = rest[max(initial, 1) :] if len(rest) > 3 else []
    return " ".join(rest) if rest and rest[0][:1].isupper() else " ".join(words)


def is_role(name: str) -> bool:
    """Tell whether a name is a role and no more: «the secretary», «Foreign Secretary»."""
    words = name.split()
    return bool(words) and _is_role_word(words[-1]) and strip_titles(name) == " ".join(words)


def has_title(name: str) -> bool:
    """Tell whether a name begins with a person's title: «Rep. Sewell»."""
    first = name.split(" ", 1)[0].lower()
    return first in _ABBREVIATED and first.rstrip(".") not in ("then", "former", "acting", "chief", "general", "senior")


@lru_cache(maxsize=1 << 14)
def _is_role_word(word: str) -> bool:
    return word.lower().removeprefix("then-").removeprefix("ex-").strip(",") in role_words()


class Names:
    """What the names of one document stand for."""

    def __init__(self, text: str, trees: Sequence[Tree], actors: Sequence[Actor]) -> None:
        self._text = text
        self._full: dict[str, str] = {}
        self._acronyms: dict[str, str] = {}
        self._roles: dict[str, list[tuple[int, str]]] = {}
        self._longest: dict[str, str] = {}
        self._surnames: set[str] = set()
        for actor in actors:
            self._learn_mention(actor)
        self._learn_acronyms(text)
        for tree in trees:
            for first, last in _name_runs(tree.tokens):
                self._learn_run(tree.tokens, first, last)

    def _learn_mention(self, actor: Actor) -> None:
        if not actor.is_pronoun:
            quote = strip_article(" ".join(actor.quote.split()))
            if actor.actor_type is ActorType.PERSON:
                quote = strip_titles(quote)
                self._surnames.update(quote.split()[-1:])
                self._learn_person(quote)
            if len(quote) > len(self._longest.get(actor.name, "")):
                self._longest[actor.name] = quote

    def _learn_person(self, name: str) -> None:
        last = name.split()[-1] if name else ""
        if 1 < len(name.split()) <= 5 and len(name) > len(self._full.get(last, "")):
            self._full[last] = name

    def _learn_run(self, tokens: Sequence[Token], first: int, last: int) -> None:
        words = [t.text for t in tokens[first : last + 1]]
        name = strip_titles(" ".join(words))
        is_person = name.split()[-1] in self._surnames or (len(name.split()) > 1 and not self._surnames)
        if not is_person or len(words) > 7 or _is_role_word(name.split()[-1]):
            return
        self._learn_person(name)
        for role in _roles_around(tokens, first, last):
            self._roles.setdefault(role, []).append((tokens[first].char_start, name))

    def _learn_acronyms(self, text: str) -> None:
        """Read «Korean Central News Agency (KCNA)»: as many capitalised words before the bracket as it has letters."""
        for match in _ACRONYM.finditer(text):
            words = text[max(0, match.start() - 120) : match.start()].split()
            capitals = [i for i, w in enumerate(words) if w[:1].isupper()]
            letters = match[1]
            if len(capitals) >= len(letters):
                first = capitals[-len(letters)]
                if "".join(words[i][0] for i in capitals[-len(letters) :]) == letters and len(words) - first <= 10:
                    self._acronyms.setdefault(letters, " ".join(words[first:]))

    def full_person(self, name: str) -> str:
        """Give the fullest name of a person: titles off, the surname led back to the name it ends.

        «Bishop» finds «Sanford D. Bishop»; two persons of one surname are not told apart.
        """
        bare = strip_titles(name)
        words = bare.split()
        return self._full.get(bare, bare) if len(words) == 1 else self._longest_of(bare, words)

    def _longest_of(self, bare: str, words: list[str]) -> str:
        known = self._full.get(words[-1], "")
        return known if len(known) > len(bare) and words[0] in known.split() else bare

    def full_body(self, actor: Actor) -> str:
        """Give the fullest name the text itself gives an organisation or country, an acronym spelt out."""
        name = actor.name if actor.name in self._text else self._longest.get(actor.name, actor.name)
        return self.spell_out(name)

    def spell_out(self, name: str) -> str:
        """Give what an acronym stands for, if the text spells it out.

        Only capitals count: «KCNA», not «U.S.».
        """
        return self._acronyms.get(name, name) if name.isalpha() and name.isupper() else name

    def person_in_role(self, role: str, at: int) -> str | None:
        """Give whom the text last called by a role («the press secretary») before ``at``, else next after it."""
        known = self._roles.get(role.lower())
        if not known:
            return None
        before = bisect_right(known, (at, "\uffff"))
        return self.full_person(known[before - 1][1] if before else known[0][1])


def _name_runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the stretches of proper nouns, those with a title or an initial inside kept whole."""
    first: int | None = None
    for index, token in enumerate(tokens):
        is_name = token.pos == "PROPN" and token.text[:1].isalnum() and token.text.strip(".") not in ("Jr", "Sr")
        if is_name and first is None:
            first = index
        elif not is_name and first is not None:
            yield first, index - 1
            first = None
    if first is not None:
        yield first, len(tokens) - 1


def _roles_around(tokens: Sequence[Token], first: int, last: int) -> Iterator[str]:
    """Give the roles a name has: in its own words, right before it, or in apposition after a comma."""
    low = first
    while low > 0 and first - low < 3 and tokens[low - 1].pos in ("NOUN", "PROPN"):
        low -= 1
    yield from (t.text.lower() for t in tokens[low : last + 1] if _is_role_word(t.text) and t.pos in ("NOUN", "PROPN"))
    after = tokens[last + 2 : last + 2 + _REACH] if last + 1 < len(tokens) and tokens[last + 1].text == "," else ()
    before = tokens[max(0, first - 1 - _REACH) : first - 1] if first > 1 and tokens[first - 1].text == "," else ()
    for beside in (after, tuple(reversed(before))):
        role = next((t for t in beside if t.text == "," or t.pos == "VERB" or _is_role_word(t.text)), None)
        if role is not None and role.pos in ("NOUN", "PROPN"):
            yield role.text.lower()


def strip_article(phrase: str) -> str:
    """Take a leading determiner off.

    >>> strip_article("The Pentagon")
    'Pentagon'
    """
    first, _, rest = phrase.partition(" ")
    return rest if rest and first.lower() in _DETERMINERS else phrase


_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "his", "her", "their", "its", "our", "my"}
)
