"""Acts told by the content where the cue only says, and what follows a cue."""

from __future__ import annotations

import pytest

from schemas.spans import Span
from schemas.vocabulary import Act
from transforms.statements.acts import refine_act
from transforms.statements.contents import Talk
from transforms.syntax.notation import read_notation
from transforms.syntax.tree import Tree

PARTY = Talk(by_party=True)
PERSON = Talk(by_person=True)
BODY = Talk()

CONDEMN = "We|we|PRON|PRP|nsubj|2 condemn|condemn|VERB|VBP|root|0 it|it|PRON|PRP|obj|2"
CONDEMNED = "We|we|PRON|PRP|nsubj|2 condemned|condemn|VERB|VBD|root|0 it|it|PRON|PRP|obj|2"
BELIEVE = "We|we|PRON|PRP|nsubj|2 believe|believe|VERB|VBP|root|0 it|it|PRON|PRP|obj|2"
THEY_CONDEMN = "Men|man|NOUN|NNS|nsubj|2 condemn|condemn|VERB|VBP|root|0 it|it|PRON|PRP|obj|2"
GRATEFUL = "I|i|PRON|PRP|nsubj|3 am|be|AUX|VBP|cop|3 grateful|grateful|ADJ|JJ|root|0"
TIRED = "I|i|PRON|PRP|nsubj|3 am|be|AUX|VBP|cop|3 tired|tired|ADJ|JJ|root|0"
SHAMEFUL = "It|it|PRON|PRP|nsubj|4 is|be|AUX|VBZ|cop|4 shameful|shameful|ADJ|JJ|amod|4 trade|trade|NOUN|NN|root|0"
QUIET = "It|it|PRON|PRP|nsubj|4 is|be|AUX|VBZ|cop|4 quiet|quiet|ADJ|JJ|amod|4 trade|trade|NOUN|NN|root|0"
VIOLATED = "Firms|firm|NOUN|NNS|nsubj|2 violated|violate|VERB|VBD|root|0 law|law|NOUN|NN|obj|2"
CRIMES = "Firms|firm|NOUN|NNS|nsubj|2 committed|commit|VERB|VBD|root|0 crimes|crime|NOUN|NNS|obj|2"
FUNDS = "Firms|firm|NOUN|NNS|nsubj|2 committed|commit|VERB|VBD|root|0 funds|fund|NOUN|NNS|obj|2"
MUST = "They|they|PRON|PRP|nsubj|3 must|must|AUX|MD|aux|3 leave|leave|VERB|VB|root|0"
WILL = "They|they|PRON|PRP|nsubj|3 will|will|AUX|MD|aux|3 leave|leave|VERB|VB|root|0"
WOULD_STRIKE = "It|it|PRON|PRP|nsubj|3 would|would|AUX|MD|aux|3 strike|strike|VERB|VB|root|0 ships|ship|NOUN|NNS|obj|3"
STRUCK = "It|it|PRON|PRP|nsubj|2 struck|strike|VERB|VBD|root|0 ships|ship|NOUN|NNS|obj|2"
HAS_MOVED = "It|it|PRON|PRP|nsubj|3 has|have|AUX|VBZ|aux|3 moved|move|VERB|VBN|root|0"
MOVED = "It|it|PRON|PRP|nsubj|2 moved|move|VERB|VBD|root|0"


@pytest.mark.parametrize(
    ("sentence", "talk", "act"),
    [
        (CONDEMN, PERSON, Act.CONDEMN),
        (CONDEMNED, PERSON, Act.SAY),
        (BELIEVE, PERSON, Act.SAY),
        (THEY_CONDEMN, PERSON, Act.SAY),
        (GRATEFUL, PERSON, Act.PRAISE),
        (TIRED, PERSON, Act.SAY),
        (SHAMEFUL, PERSON, Act.CONDEMN),
        (QUIET, PERSON, Act.SAY),
        (VIOLATED, BODY, Act.ACCUSE),
        (CRIMES, BODY, Act.ACCUSE),
        (FUNDS, BODY, Act.SAY),
        (MUST, BODY, Act.DEMAND),
        (WILL, PERSON, Act.PROMISE),
        (WILL, BODY, Act.ANNOUNCE),
        (WOULD_STRIKE, PARTY, Act.THREATEN),
        (WOULD_STRIKE, BODY, Act.SAY),
        (STRUCK, PARTY, Act.CLAIM),
        (STRUCK, Talk(by_party=True, is_direct=True), Act.SAY),
        (STRUCK, BODY, Act.SAY),
        (HAS_MOVED, BODY, Act.ANNOUNCE),
        (HAS_MOVED, PERSON, Act.SAY),
        (MOVED, BODY, Act.SAY),
    ],
)
def test_what_is_said_tells_the_act(sentence: str, talk: Talk, act: Act) -> None:
    tree = Tree(read_notation(sentence))
    assert refine_act(Act.SAY, "say", tree, (tree.sentence.span,), talk) is act


@pytest.mark.parametrize(
    ("cue", "sentence", "act"),
    [
        ("call", "it|it|PRON|PRP|obj|0 a|a|DET|DT|det|3 disgrace|disgrace|NOUN|NN|root|0", Act.CONDEMN),
        ("call", "it|it|PRON|PRP|obj|0 a|a|DET|DT|det|3 triumph|triumph|NOUN|NN|root|0", Act.SAY),
        ("plead", "not|not|PART|RB|advmod|2 guilty|guilty|ADJ|JJ|root|0", Act.DENY),
        ("say", "a|a|DET|DT|det|2 disgrace|disgrace|NOUN|NN|root|0", Act.SAY),
    ],
)
def test_what_follows_a_cue_tells_the_act(cue: str, sentence: str, act: Act) -> None:
    tree = Tree(read_notation(sentence))
    assert refine_act(Act.SAY, cue, tree, (tree.sentence.span,), BODY) is act


def test_an_act_the_cue_names_stays() -> None:
    tree = Tree(read_notation(MUST))
    assert refine_act(Act.WARN, "warn", tree, (tree.sentence.span,), BODY) is Act.WARN


def test_content_outside_the_sentences_given_tells_nothing() -> None:
    tree = Tree(read_notation(MUST))
    assert refine_act(Act.SAY, "say", tree, (Span(500, 510),), BODY) is Act.SAY
