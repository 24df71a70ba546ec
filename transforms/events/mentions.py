"""Mentions of one event joined: the attack, those it killed, and the heading above it are one row.

Every mention looks back for the event it belongs with; a binary model says how likely a pair of mentions is one event.
The event whose mentions agree best takes it in if that is above the threshold, else it opens an event of its own:
mention-pair coreference (Ng and Cardie 2002), with the mean over an event's mentions beside the best pair, for chains
of best pairs run all attacks of a report into one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.events.linear import Floats, Linear
from transforms.events.scene import Scene
from transforms.events.triggers import Candidate

SAME = "same"
OTHER = "other"
_ITEM = 4  # sentences of one item and its headings
_WINDOW = 24  # mentions looked back at; news seldom returns to an incident later without naming it anew


@dataclass(slots=True, kw_only=True)
class Mention:
    """A word that names an event, its type, how sure it is that it names one at all, and the chances of each type."""

    candidate: Candidate
    event_type: str
    score: float
    chances: Floats


def find_pairs(scene: Scene, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """List the pairs (earlier, later) worth asking about.

    In one sentence any two; over sentences only those of one type or one lemma; over the items of a digest only
    neighbours.
    """
    pairs: list[tuple[int, int]] = []
    for later, mention in enumerate(mentions):
        for earlier in range(max(0, later - _WINDOW), later):
            other = mentions[earlier]
            if other.candidate.sentence == mention.candidate.sentence or (
                (other.event_type == mention.event_type or other.candidate.lemma == mention.candidate.lemma)
                and not _is_elsewhere(scene, other.candidate.sentence, mention.candidate.sentence)
            ):
                pairs.append((earlier, later))
    return pairs


def _is_elsewhere(scene: Scene, earlier: int, later: int) -> bool:
    """Tell whether two sentences belong to items of a digest that do not follow upon one another."""
    if not scene.is_digest or later - earlier < _ITEM:
        return False
    return scene.trees[earlier].sentence.paragraph_no != scene.trees[later].sentence.paragraph_no


def describe_pair(scene: Scene, first: Mention, second: Mention, between: int) -> list[str]:
    """Give the features of two mentions, the earlier one first; ``between`` counts the mentions in between."""
    a, b = first.candidate, second.candidate
    same_type = first.event_type == second.event_type
    gap = b.sentence - a.sentence
    near = "0" if not gap else "1" if gap == 1 else "2" if gap < 4 else "9"
    (coarse, middle, fine), (other_coarse, other_middle, other_fine) = a.classes, b.classes
    return [
        "bias",
        f"ty={same_type}/{near}",
        f"tt={first.event_type}/{second.event_type}/{near}",
        f"ll={a.lemma}/{b.lemma}",
        f"kk={middle}/{other_middle}/{near}",
        f"ka={coarse}/{other_coarse}/{near}",
        f"sl={a.lemma == b.lemma}/{near}/{second.event_type}",
        f"sk={fine == other_fine}/{near}",
        f"bt={min(between, 4)}/{near}/{same_type}",
        f"gap={gap if gap < 6 else 6}/{same_type}",
        *_text_features(scene, a, b, near, same_type),
        *(_shared(scene, a, b, near, same_type) if gap else _tree_features(scene, a, b, same_type)),
    ]


def _text_features(scene: Scene, a: Candidate, b: Candidate, near: str, same_type: bool) -> list[str]:
    first, second = scene.trees[a.sentence], scene.trees[b.sentence]
    one, other = first.tokens[a.index], second.tokens[b.index]
    heading = a.sentence in scene.headings
    same_paragraph = first.sentence.paragraph_no == second.sentence.paragraph_no
    features = [
        f"pp={one.pos}/{other.pos}/{near}/{same_type}",
        f"tg={one.tag}/{other.tag}/{near}",
        f"hd={heading}/{near}/{same_type}/{scene.is_digest}",
        f"pa={same_paragraph}/{near}/{same_type}/{scene.is_digest}",
    ]
    if heading:
        under = scene.nearest_heading[b.sentence] == a.sentence
        features.append(f"under={under}/{same_type}/{a.classes[1] == b.classes[1]}")
    determiner = second.child(b.index, "det", "nmod:poss")
    if determiner is not None:
        features.append(f"det={second.tokens[determiner].lemma}/{near}/{same_type}/{a.lemma == b.lemma}")
    in_one = scene.statement_at(a.sentence, one.char_start) is scene.statement_at(b.sentence, other.char_start)
    features.append(f"said={in_one}/{near}/{same_type}")
    return features


def _tree_features(scene: Scene, a: Candidate, b: Candidate, same_type: bool) -> list[str]:
    tree = scene.trees[a.sentence]
    path = tree.path(b.index, a.index) or ("far",)
    steps = ">".join(path) if len(path) < 5 else "long"
    words = b.index - a.index
    first_of_path = path[0] if path[0].startswith("^") else path[-1]
    prepositions = tree.prepositions(b.index) or tree.prepositions(a.index)
    return [
        f"path={steps}",
        f"path={steps}/{same_type}",
        f"path={steps}/{a.classes[0]}/{b.classes[0]}",
        f"len={min(len(path), 6)}/{same_type}",
        f"far={min(words // 4, 6)}/{same_type}",
        f"pr={','.join(prepositions)}/{first_of_path}/{same_type}",
    ]


def _shared(scene: Scene, a: Candidate, b: Candidate, near: str, same_type: bool) -> list[str]:
    """Compare what stands around two mentions in different sentences: places, dates, words."""
    both = zip(("place", "time"), scene.named_in(a.sentence), scene.named_in(b.sentence), strict=True)
    features: list[str] = []
    for name, one, other in both:
        shared = "one-empty" if not one or not other else "no" if one.isdisjoint(other) else "yes"
        features.append(f"{name}={shared}/{near}/{same_type}")
    words, others = scene.nouns_of(a.sentence), scene.nouns_of(b.sentence)
    share = len(words & others) * 4 // (min(len(words), len(others)) or 1)
    features.append(f"words={share}/{near}/{same_type}")
    features.append(f"words={share}/{a.lemma == b.lemma}/{same_type}")
    return features


def join_mentions(
    scene: Scene, mentions: Sequence[Mention], model: Linear, threshold: float = 0.5
) -> list[list[Mention]]:
    """Part mentions, given in text order, into events; each list is in text order."""
    pairs = find_pairs(scene, mentions)
    items = [describe_pair(scene, mentions[a], mentions[b], b - a - 1) for a, b in pairs]
    same = model.labels.index(SAME)
    chances: list[list[tuple[int, float]]] = [[] for _ in mentions]
    for (earlier, later), row in zip(pairs, model.probabilities(items), strict=True):
        chances[later].append((earlier, float(row[same])))
    events: list[list[Mention]] = []
    for mention, event in zip(mentions, assign_events(chances, threshold), strict=True):
        if event == len(events):
            events.append([])
        events[event].append(mention)
    return events


def assign_events(chances: Sequence[Sequence[tuple[int, float]]], threshold: float) -> list[int]:
    """Number the event of each mention, given its earlier mentions with the chance of being one with them.

    What counts is the mean of the best chance and the mean chance.

    >>> assign_events([[], [(0, 0.9)], [(0, 0.1), (1, 0.8)]], 0.65)
    [0, 0, 1]
    """
    assigned: list[int] = []
    count = 0
    for listed in chances:
        by_event: dict[int, list[float]] = {}
        for earlier, chance in listed:
            by_event.setdefault(assigned[earlier], []).append(chance)
        fits = [((max(shares) + sum(shares) / len(shares)) / 2, -event) for event, shares in by_event.items()]
        best, event = max(fits, default=(0.0, 0))
        if best > threshold:
            assigned.append(-event)
        else:
            assigned.append(count)
            count += 1
    return assigned
