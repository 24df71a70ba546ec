"""Where an event happened: a place the document names near it, or nowhere named; a model ranks them.

Weighed is every place of the event's sentences and of those around them, of the heading and of the opening; in a
digest only of its own item and the headings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.places import Place
from transforms.events.classes import classes_of
from transforms.events.mentions import Mention
from transforms.events.scene import PlaceStanding, Scene
from transforms.syntax.tree import Tree

_FINENESS = {"country": 0, "region": 1, "district": 2, "unknown": 2, "feature": 2}
_LOOK_BACK = 4  # sentences
_PLACES = 24  # places of one sentence looked at
_MENTIONS = 12  # mentions in one sentence looked at


@dataclass(frozen=True, slots=True)
class PlaceOption:
    """A place an event may have happened at, where it stands, and the mention it stands nearest to."""

    place: Place
    sentence: int
    index: int
    mention: Mention


def place_options(scene: Scene, mentions: Sequence[Mention]) -> list[PlaceOption]:
    """List the places to weigh for an event: of each sentence near it, every name once, where it stands nearest."""
    options: list[PlaceOption] = []
    first = mentions[0]
    for sentence in sorted(_sentences_near(scene, mentions)):
        here = [m for m in mentions if m.candidate.sentence == sentence][:_MENTIONS]
        best: dict[str, tuple[int, PlaceOption]] = {}
        for index, place in scene.place_lists.get(sentence, ())[:_PLACES]:
            mention = min(here, key=lambda m: abs(m.candidate.index - index)) if here else first
            distance = abs(mention.candidate.index - index) if here else index
            if place.name not in best or distance < best[place.name][0]:
                best[place.name] = (distance, PlaceOption(place, sentence, index, mention))
        options += [option for _, option in best.values()]
    return options


def _sentences_near(scene: Scene, mentions: Sequence[Mention]) -> set[int]:
    """Give the sentences around an event; of a digest only those of its own items, and headings."""
    near: set[int] = set()
    for mention in mentions:
        at = mention.candidate.sentence
        item = scene.trees[at].sentence.paragraph_no
        around = range(max(0, at - _LOOK_BACK), min(at + 2, len(scene.trees)))
        near.update(
            other
            for other in around
            if not scene.is_digest or other in scene.headings or scene.trees[other].sentence.paragraph_no == item
        )
        heading = scene.nearest_heading[at]
        if heading >= 0 and at - heading < 6:
            near.add(heading)
    if not scene.is_digest:
        near.update(range(min(3, len(scene.trees))))
    return near


def describe_places(scene: Scene, mentions: Sequence[Mention], options: Sequence[PlaceOption]) -> list[list[str]]:
    """Give the features of «nowhere named», which comes first, and of every place option of one event."""
    known = _Surroundings(scene, mentions, options)
    return [
        list(_describe_nowhere(scene, mentions, known)),
        *[_describe_place(scene, option, known) for option in options],
    ]


class _Surroundings:
    """What the options of one event have in common, worked out once."""

    def __init__(self, scene: Scene, mentions: Sequence[Mention], options: Sequence[PlaceOption]) -> None:
        self.sentences = {m.candidate.sentence for m in mentions}
        named = [o for o in options if scene.trees[o.sentence].tokens[o.index].pos != "ADJ"]
        self.often = Counter(o.place.name for o in options)
        self.here = [o for o in named if o.sentence in self.sentences]
        self.finest_here = max((_fineness(o.place) for o in self.here), default=-1)
        self.finest_before = max((_fineness(o.place) for o in named if o.sentence not in self.sentences), default=-1)


def _fineness(place: Place) -> int:
    """Rank how closely a kind of place pins an event down: 0 a country, 3 a settlement or site."""
    return _FINENESS.get(place.place_type.value, 3)


def _describe_nowhere(scene: Scene, mentions: Sequence[Mention], known: _Surroundings) -> Iterator[str]:
    candidate, event_type = mentions[0].candidate, mentions[0].event_type
    token = scene.trees[candidate.sentence].tokens[candidate.index]
    yield "no"
    yield f"no={event_type}"
    yield f"no={event_type}/{len(known.here) > 0}/{known.finest_here}"
    yield f"no={known.finest_here}/{known.finest_before}"
    yield f"no={candidate.classes[1]}"
    yield f"no={candidate.lemma}"
    yield f"no={scene.is_digest}/{event_type}"
    yield f"no={token.pos}/{len(known.here) > 0}"
    yield f"no=cue/{candidate.key in scene.cues}"


def _describe_place(scene: Scene, option: PlaceOption, known: _Surroundings) -> list[str]:
    mention, fine = option.mention, _fineness(option.place)
    candidate, event_type = mention.candidate, mention.event_type
    gap = candidate.sentence - option.sentence
    where = (
        "0" if option.sentence in known.sentences else "n" if gap < 0 else "1" if gap == 1 else "2" if gap < 4 else "9"
    )
    token = scene.trees[option.sentence].tokens[option.index]
    finest = known.finest_here if where == "0" else known.finest_before
    standing = _standing(scene, option, where)
    features = [
        *standing.position,
        f"at={where}/{event_type}/{token.pos}",
        f"at={where}/{known.finest_here >= 0}/{fine > known.finest_here}",
        f"fine={fine}/{finest}/{where}",
        f"fine={fine}/{known.finest_here}/{known.finest_before}/{where}",
        f"fine={fine}/{event_type}/{where}",
        *standing.phrase,
        f"often={min(known.often[option.place.name], 4)}/{where}",
        f"open={option.sentence < 2}/{where}/{scene.is_digest}",
        f"others={min(len(known.here), 3)}/{where}/{fine}",
        *standing.company,
    ]
    if gap == 0:
        features += _path_to_place(scene, option, str(fine))
    elif gap > 0:
        own = scene.trees[candidate.sentence].sentence
        same_paragraph = scene.trees[option.sentence].sentence.paragraph_no == own.paragraph_no
        features.append(f"par={same_paragraph}/{where}/{scene.is_digest}/{standing.nested}")
        features.append(f"par={same_paragraph}/{where}/{fine}/{known.finest_here}")
    return features


def _standing(scene: Scene, option: PlaceOption, where: str) -> PlaceStanding:
    """Give how a place stands in its own sentence, worked out once for all events that look at it."""
    key = (option.place.place_id, where)
    if key not in scene.standings:
        scene.standings[key] = _describe_standing(scene, option, where)
    return scene.standings[key]


def _describe_standing(scene: Scene, option: PlaceOption, where: str) -> PlaceStanding:
    place, tree = option.place, scene.trees[option.sentence]
    token, fine = tree.tokens[option.index], _fineness(place)
    preposition = ",".join(tree.prepositions(option.index))
    nested = _is_nested(tree, option.index, scene, option.sentence)
    actor = scene.actors.get((option.sentence, option.index))
    head = tree.parent(option.index)
    position = [f"at={where}/{option.sentence in scene.headings}/{token.pos}", f"at={where}/{fine}/{nested}"]
    phrase = [
        f"kind={place.place_type.value}/{place.latitude is not None}",
        f"r={token.relation}/{preposition}/{where}",
        f"r={token.relation}/{token.pos}/{nested}/{where}",
        f"pr={preposition}/{fine}/{where}",
        f"nested={nested}/{where}",
    ]
    company = [f"act={actor.actor_type.value if actor else '-'}/{where}/{token.relation}"]
    if head is not None:
        above = classes_of(tree.tokens[head].text, tree.tokens[head].lemma)[0]
        company.append(f"hd={above}/{token.relation}/{preposition}/{where}")
    return PlaceStanding(position, phrase, company, nested)


def _path_to_place(scene: Scene, option: PlaceOption, kind: str) -> list[str]:
    tree, mention = scene.trees[option.sentence], option.mention
    candidate, preposition = mention.candidate, ",".join(tree.prepositions(option.index))
    path = tree.path(option.index, candidate.index) or ("far",)
    steps = ">".join(path) if len(path) < 6 else "long"
    return [
        f"path={steps}",
        f"path={steps}/{preposition}",
        f"path={steps}/{mention.event_type}",
        f"len={min(len(path), 7)}/{kind}",
        f"up={sum([p.startswith('^') for p in path])}/{len(path)}",
        f"side={option.index < candidate.index}/{min(abs(option.index - candidate.index) // 4, 6)}",
        f"side={option.index < candidate.index}/{preposition}",
        f"pos={tree.tokens[candidate.index].pos}/{steps}",
        f"lemma={candidate.lemma}/{preposition}",
    ]


def _is_nested(tree: Tree, index: int, scene: Scene, sentence: int) -> str:
    """Tell where a place stands in a chain «Jisr ash-Shughur, Idlib Governorate, Syria»: first, later, alone."""
    listed = sorted(i for i, _ in scene.place_lists.get(sentence, ()))
    position = listed.index(index)

    def is_chained(left: int, right: int) -> bool:
        between = [t.text for t in tree.tokens[left + 1 : right] if t.pos not in ("PROPN", "NOUN", "DET")]
        return right - left <= 5 and bool(between) and set(between) <= {",", "in", "of"}

    before = position > 0 and is_chained(listed[position - 1], index)
    after = position + 1 < len(listed) and is_chained(index, listed[position + 1])
    return "later" if before else "first" if after else "alone"
