"""Syntax: trees, clauses, lemmas, spelling for the model, names, treebanks, training."""

import random

import pytest

from schemas.errors import WirehouseError
from schemas.spans import Span
from transforms.sentences import read_sentences
from transforms.syntax.clauses import (
    find_agents,
    find_modal,
    find_negation,
    find_objects,
    find_obliques,
    find_patients,
    find_subjects,
    is_passive,
    verb_group,
)
from transforms.syntax.forms import model_words
from transforms.syntax.lemmas import lemma_by_rule
from transforms.syntax.names import find_names
from transforms.syntax.notation import read_notation, write_notation
from transforms.syntax.parser import load_lemmatizer, load_parser
from transforms.syntax.tree import Tree
from transforms.syntax.treebank import TreebankSentence, read_treebank
from transforms.syntax.variation import quote_speech, vary_sentences

RAID = Tree(
    read_notation(
        "At|at|ADP|IN|advmod|2 least|least|ADJ|JJS|nummod|4 five|five|NUM|CD|compound|4 "
        "soldiers|soldier|NOUN|NNS|nsubj:pass|6 "
        "were|be|AUX|VBD|aux:pass|6 killed|kill|VERB|VBN|root|0 by|by|ADP|IN|case|8 rebels|rebel|NOUN|NNS|obl:agent|6 "
        "who|who|PRON|WP|nsubj|10 attacked|attack|VERB|VBD|acl:relcl|8 and|and|CCONJ|CC|cc|12 "
        "burned|burn|VERB|VBD|conj|10 "
        "the|the|DET|DT|det|14 village|village|NOUN|NN|obj|10 ~,|,|PUNCT|,|punct|6 not|not|PART|RB|advmod|17 "
        "wanting|want|VERB|VBG|advcl|6 to|to|PART|TO|mark|19 leave|leave|VERB|VB|xcomp|17"
    )
)


def words(tree, indices):
    return [tree.tokens[i].text for i in indices]


def test_the_tree_answers_for_steps_spans_and_heads():
    text_start, text_end = RAID.tokens[6].char_start, RAID.tokens[13].char_end
    assert RAID.parent(3) == 5 and RAID.parent(5) is None
    assert RAID.child(5, "aux:pass") == 4
    assert RAID.subtree(7) == tuple(range(6, 14))
    assert RAID.span(7) == Span(text_start, text_end)
    assert RAID.subtree(7, without=("acl:relcl",)) == (6, 7)
    assert RAID.head_of(Span(text_start, text_end)) == 7
    assert RAID.token_at(RAID.tokens[9].char_start) == 9
    assert RAID.path(3, 13) == ("^nsubj:pass", "obl:agent", "acl:relcl", "obj")
    assert RAID.is_under(13, 7) and not RAID.is_under(3, 7)
    assert RAID.prepositions(7) == ("by",)


def test_noun_phrases_with_and_without_what_hangs_on_them():
    assert words(RAID, RAID.noun_phrase(7)) == ["rebels"]
    assert words(RAID, RAID.noun_phrase(7, clauses=True))[:3] == ["rebels", "who", "attacked"]
    assert words(RAID, RAID.noun_phrase(3)) == ["At", "least", "five", "soldiers"]


def test_appositions_and_modifiers_are_kept_on_request():
    tree = Tree(
        read_notation(
            "The|the|DET|DT|det|2 mayor|mayor|NOUN|NN|nsubj|8 of|of|ADP|IN|case|4 Kyiv|Kyiv|PROPN|NNP|nmod|2 "
            "~,|,|PUNCT|,|punct|6 Klitschko|Klitschko|PROPN|NNP|appos|2 ~,|,|PUNCT|,|punct|6 left|leave|VERB|VBD|root|0"
        )
    )
    text = "The mayor of Kyiv, Klitschko, left"
    assert tree.noun_phrase_span(1, modifiers=False).quote(text) == "The mayor"
    assert tree.noun_phrase_span(1).quote(text) == "The mayor of Kyiv"
    assert tree.noun_phrase_span(1, appositions=True).quote(text) == "The mayor of Kyiv, Klitschko"


def test_spans_shed_marks_at_their_edges_but_close_what_they_open():
    tree = Tree(
        read_notation(
            "“|“|PUNCT|``|punct|3 Two|two|NUM|CD|nummod|3 men|man|NOUN|NNS|root|0 (|(|PUNCT|-LRB-|punct|5 "
            "~both|both|PRON|DT|appos|3 ~)|)|PUNCT|-RRB-|punct|5 ~.|.|PUNCT|.|punct|3"
        )
    )
    assert tree.span(2).quote("“ Two men (both).") == "Two men (both)"
    assert tree.span(4).quote("“ Two men (both).") == "both"


def test_clauses_follow_passives_relatives_coordination_and_control():
    assert is_passive(RAID, 5) and not is_passive(RAID, 9)
    assert words(RAID, find_subjects(RAID, 5)) == ["soldiers"]
    assert words(RAID, find_agents(RAID, 5)) == ["rebels"]
    assert words(RAID, find_patients(RAID, 5)) == ["soldiers"]
    assert words(RAID, find_subjects(RAID, 9)) == ["rebels"]
    assert words(RAID, find_subjects(RAID, 11)) == ["rebels"]
    assert words(RAID, find_objects(RAID, 11)) == ["village"]
    assert words(RAID, find_subjects(RAID, 18)) == ["soldiers"]
    assert words(RAID, verb_group(RAID, 5)) == ["were", "killed"]
    assert words(RAID, verb_group(RAID, 18)) == ["to", "leave"]
    assert find_negation(RAID, 16) == 15
    assert find_obliques(RAID, 5) == (("by", 7),)


def test_participles_and_object_relatives_find_their_noun():
    killed = Tree(
        read_notation(
            "men|man|NOUN|NNS|root|0 killed|kill|VERB|VBN|acl|1 in|in|ADP|IN|case|4 Gaza|Gaza|PROPN|NNP|obl|2"
        )
    )
    assert is_passive(killed, 1) and words(killed, find_patients(killed, 1)) == ["men"]
    bridge = Tree(
        read_notation(
            "bridge|bridge|NOUN|NN|root|0 they|they|PRON|PRP|nsubj|4 will|will|AUX|MD|aux|4 "
            "blow|blow|VERB|VB|acl:relcl|1"
        )
    )
    assert words(bridge, find_objects(bridge, 3)) == ["bridge"]
    assert find_modal(bridge, 3) == 2


@pytest.mark.parametrize("heads", ["2 1", "9 9", "2 3 1", "1 1 1"])
def test_a_damaged_tree_raises_nothing(heads):
    items = [f"w|w|NOUN|NN|conj|{head}" for head in heads.split()]
    tree = Tree(read_notation(" ".join(items)))
    for index in range(len(tree)):
        assert list(tree.ancestors(index)) is not None
        assert index in tree.subtree(index) and index in tree.noun_phrase(index)
        assert find_subjects(tree, index) is not None and find_objects(tree, index) is not None
        assert tree.conjuncts(index) and tree.head_of(tree.span(index)) in {None, *range(len(tree))}


def test_notation_is_read_as_it_was_written():
    assert write_notation(read_notation(write_notation(RAID.sentence))) == write_notation(RAID.sentence)


@pytest.mark.parametrize(
    ("word", "pos", "tag", "lemma"),
    [
        ("striking", "VERB", "VBG", "strike"),
        ("planned", "VERB", "VBD", "plan"),
        ("shelled", "VERB", "VBN", "shell"),
        ("overthrown", "VERB", "VBN", "overthrow"),
        ("fled", "VERB", "VBD", "flee"),
        ("slew", "VERB", "VBD", "slay"),
        ("left", "VERB", "VBD", "leave"),
        ("fell", "VERB", "VBD", "fall"),
        ("dying", "VERB", "VBG", "die"),
        ("bombarding", "VERB", "VBG", "bombard"),
        ("denies", "VERB", "VBZ", "deny"),
        ("accusing", "VERB", "VBG", "accuse"),
        ("besieged", "VERB", "VBN", "besiege"),
        ("was", "AUX", "VBD", "be"),
        ("n’t", "PART", "RB", "not"),
        ("’s", "AUX", "VBZ", "be"),
        ("Casualties", "NOUN", "NNS", "casualty"),
        ("gunmen", "NOUN", "NNS", "gunman"),
        ("wives", "NOUN", "NNS", "wife"),
        ("crises", "NOUN", "NNS", "crisis"),
        ("aircraft", "NOUN", "NNS", "aircraft"),
        ("missiles", "NOUN", "NNS", "missile"),
        ("tonnes", "NOUN", "NNS", "tonne"),
        ("bases", "NOUN", "NNS", "base"),
        ("worse", "ADJ", "JJR", "bad"),
        ("heaviest", "ADJ", "JJS", "heavy"),
        ("Kyiv", "PROPN", "NNP", "Kyiv"),
        ("them", "PRON", "PRP", "they"),
        ("1990s", "NOUN", "NNS", "1990s"),
    ],
)
def test_lemmas(word, pos, tag, lemma):
    assert load_lemmatizer().lemma(word, pos, tag) == lemma


def test_the_rules_choose_a_base_that_is_known():
    bases = {"verb": frozenset({"hope", "star"}), "noun": frozenset(), "adjective": frozenset()}
    assert lemma_by_rule("hoping", "VBG", bases) == "hope"
    assert lemma_by_rule("starring", "VBG", bases) == "star"


def test_words_are_spelt_for_the_model_one_for_one():
    given = ["«", "It", "didn", "’t", "pay\u00adload", "x" * 500, "\ud800", "»"]
    spelt = model_words(given, frozenset())
    assert len(spelt) == len(given) and all(spelt)
    assert spelt[:5] == ["“", "It", "didn", "'t", "payload"]


def test_names_are_proposed_without_titles_and_months():
    sentence = read_notation(
        "President|President|PROPN|NNP|compound|2 Biden|Biden|PROPN|NNP|nsubj|7 of|of|ADP|IN|case|5 "
        "the|the|DET|DT|det|5 "
        "USA|USA|PROPN|NNP|nmod|2 in|in|ADP|IN|case|7 May|May|PROPN|NNP|root|0"
    )
    text = "President Biden of the USA in May"
    assert [span.quote(text) for span, _ in find_names(sentence.tokens)] == ["Biden", "USA"]


CONLLU = """# newdoc id = GUM_news_x
# text = "I don't," he said.
1\t"\t"\tPUNCT\t``\t_\t4\tpunct\t_\tSpaceAfter=No
2\tI\tI\tPRON\tPRP\t_\t4\tnsubj\t_\t_
3-4\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\tdo\tdo\tAUX\tVBP\t_\t8\tccomp\t_\t_
4\tn't\tnot\tPART\tRB\t_\t3\tadvmod:neg\t_\t_
5\t,\t,\tPUNCT\t,\t_\t3\tpunct\t_\tSpaceAfter=No
6\t"\t"\tPUNCT\t''\t_\t3\tpunct\t_\t_
7\the\the\tPRON\tPRP\t_\t8\tnsubj\t_\t_
8\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t.\t_\t8\tpunct\t_\t_

"""


@pytest.fixture
def treebank(tmp_path):
    path = tmp_path / "x.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return list(read_treebank(path))


def test_a_treebank_is_read_with_places_and_folded_relations(treebank):
    (sentence,) = treebank
    assert [sentence.text[a:b] for a, b in sentence.spans] == ['"', "I", "do", "n't", ",", '"', "he", "said", "."]
    assert sentence.heads[7] == 7 and sentence.relations[3] == "advmod"
    assert sentence.document == "GUM_news_x"


def test_varied_sentences_keep_their_trees(treebank):
    for varied in vary_sentences(treebank * 50, random.Random(1)):
        assert len(varied.words) == len(varied.heads) == len(varied.relations)
        assert max(varied.heads) < len(varied.words)


def test_reported_speech_is_put_first_with_its_tree():
    said = read_notation(
        "Officials|official|NOUN|NNS|nsubj|2 said|say|VERB|VBD|root|0 that|that|SCONJ|IN|mark|5 "
        "it|it|PRON|PRP|nsubj|5 works|work|VERB|VBZ|ccomp|2 well|well|ADV|RB|advmod|5 .|.|PUNCT|.|punct|2"
    )
    given = TreebankSentence(
        text="",
        words=tuple(t.text for t in said.tokens),
        lemmas=tuple(t.lemma for t in said.tokens),
        pos=tuple(t.pos for t in said.tokens),
        tags=tuple(t.tag for t in said.tokens),
        heads=tuple(t.head for t in said.tokens),
        relations=tuple(t.relation for t in said.tokens),
        spans=((0, 0),) * len(said.tokens),
    )
    seen = set()
    for seed in range(30):
        varied = quote_speech(given, random.Random(seed))
        seen.add(" ".join(varied.words))
        verb, works = varied.words.index("said"), varied.words.index("works")
        assert varied.heads[verb] == verb and varied.heads[works] == verb and varied.relations[works] == "ccomp"
        assert varied.heads[varied.lemmas.index("official")] == verb
    assert '" It works well , " officials said .' in seen and '" It works well , " said officials .' in seen


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("“We will win the war next year,” the minister told reporters on Monday.", "told"),
        ("The bridge was closed, police said.", "said"),
        ("“It is over,” said Joe Sternlieb, president of the bank.", "said"),
    ],
)
def test_a_closing_reporting_clause_governs_what_is_reported(text, root):
    (sentence,) = next(iter(read_sentences([("d", text)])))
    tree = Tree(sentence)
    assert [tree.tokens[i].text for i in tree.roots] == [root]
    assert tree.children(tree.roots[0], "ccomp")


def test_training_gives_weights_that_load_and_the_same_ones_twice(treebank, tmp_path):
    from transforms.syntax.training import TrainingPlan, save_pipeline, train_parser

    plan = TrainingPlan(steps=12, width=16, depth=1, rows=(50, 50, 50, 50), hidden=8, min_action=1, min_label=1)
    reports = []
    for run in ("a", "b"):
        train_parser(
            plan,
            treebank * 40,
            treebank,
            report=reports.append,
            save=lambda pipeline, run=run: save_pipeline(pipeline, plan, tmp_path / run),
        )
    assert reports[-1].step == 12 and reports[-1].dev_las is not None
    assert (tmp_path / "a/tok2vec/model").read_bytes() == (tmp_path / "b/tok2vec/model").read_bytes()
    (parse,) = load_parser(tmp_path / "a").parse([["He", "said", "no", "."]])
    assert len(parse.heads) == 4


def test_missing_weights_say_how_to_make_them(tmp_path):
    with pytest.raises(WirehouseError, match="wirehouse train syntax"):
        load_parser(tmp_path)
