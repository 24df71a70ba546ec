"""What a clause says: subjects, objects, voice and negation of a verb, read off a tree.

Every function takes a :class:`~transforms.syntax.tree.Tree` and the index of a predicate (a verb, or the noun or
adjective of a copular clause) and gives token indices.  Subjects and objects are followed through relative clauses,
coordination, participles and infinitives, one construction a function, so that «the drones that were shot down»
answers for ``shot`` as «drones were shot down» does.

Source of the constructions: Universal Dependencies guidelines; the ways of following them are those of Stanford
enhanced dependencies (Schuster and Manning, 2016).
"""

from __future__ import annotations

from transforms.syntax.tree import Tree

_SUBJECT = ("nsubj", "nsubj:pass", "csubj", "csubj:pass")
_PASSIVE = ("nsubj:pass", "aux:pass", "csubj:pass", "obl:agent")
_RELATIVE_TAGS = frozenset({"WDT", "WP"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "hardly", "barely", "cannot"})
_LIMIT = 8  # constructions followed one through another; deeper nestings are the parser's mistakes


def is_passive(tree: Tree, verb: int) -> bool:
    """Tell whether the subject of ``verb`` undergoes it: «was killed», «the men killed in the raid».

    >>> from transforms.syntax.notation import read_notation
    >>> tree = Tree(read_notation("All|all|DET|DT|nsubj:pass|3 were|be|AUX|VBD|aux:pass|3 shot|shoot|VERB|VBN|root|0"))
    >>> is_passive(tree, 2)
    True
    """
    if tree.child(verb, *_PASSIVE) is not None:
        return True
    token = tree.tokens[verb]
    if token.tag != "VBN" or tree.child(verb, "aux", "nsubj", "obj") is not None:
        return False
    if token.relation == "conj":
        head = tree.parent(verb)
        return head is not None and tree.tokens[head].tag == "VBN" and is_passive(tree, tree.first_conjunct(verb))
    return token.relation in ("acl", "advcl", "amod", "xcomp", "root", "ccomp", "dep", "parataxis")


def find_subjects(tree: Tree, verb: int) -> tuple[int, ...]:
    """Give the grammatical subjects of ``verb`` with their conjuncts, taken over from another clause if need be.

    Limits: an infinitive under a verb with an object takes that object («told them to leave»); «promise» is read
    the same way.

    >>> from transforms.syntax.notation import read_notation
    >>> tree = Tree(read_notation(
    ...     "He|he|PRON|PRP|nsubj|2 came|come|VERB|VBD|root|0 and|and|CCONJ|CC|cc|4 left|leave|VERB|VBD|conj|2"))
    >>> find_subjects(tree, 3)
    (0,)
    """
    return _expand(tree, _follow_subject(tree, verb, _LIMIT))


def find_objects(tree: Tree, verb: int) -> tuple[int, ...]:
    """Give the direct objects of ``verb`` with their conjuncts; of a relative clause, what it is said of."""
    own = tree.children(verb, "obj")
    if own:
        return _expand(tree, _resolve_relative(tree, verb, own[0]))
    shared = _share_object(tree, verb)
    if shared is not None:
        return _expand(tree, shared)
    if tree.tokens[verb].relation == "acl:relcl" and _lacks_object(tree, verb):
        return _expand(tree, tree.parent(verb))
    return ()


def find_agents(tree: Tree, verb: int) -> tuple[int, ...]:
    """Give those who do it: the subjects in the active voice, the «by» phrase in the passive."""
    if not is_passive(tree, verb):
        return find_subjects(tree, verb)
    by = tree.children(verb, "obl:agent") or tuple(
        c for c in tree.children(verb, "obl") if "by" in tree.prepositions(c)
    )
    return _expand(tree, by[0] if by else None)


def find_patients(tree: Tree, verb: int) -> tuple[int, ...]:
    """Give those to whom it is done: the objects in the active voice, the subjects in the passive."""
    return find_subjects(tree, verb) if is_passive(tree, verb) else find_objects(tree, verb)


def find_obliques(tree: Tree, verb: int) -> tuple[tuple[str, int], ...]:
    """Give the prepositional and bare adjuncts of ``verb`` as (preposition, head noun); bare ones have ``""``.

    The «by» phrase of a passive is among them.

    >>> from transforms.syntax.notation import read_notation
    >>> tree = Tree(read_notation("died|die|VERB|VBD|root|0 in|in|ADP|IN|case|3 Sumy|Sumy|PROPN|NNP|obl|1"))
    >>> find_obliques(tree, 0)
    (('in', 2),)
    """
    found = tree.children(verb, "obl", "obl:agent", "obl:unmarked", "nmod", "nmod:unmarked")
    return tuple((" ".join(tree.prepositions(f)), f) for f in found)


def find_negation(tree: Tree, verb: int) -> int | None:
    """Give the word that denies ``verb`` («not», «never», «no»), or nothing."""
    for child in tree.children(verb, "advmod", "det", "cc", "cc:preconj"):
        if tree.tokens[child].text.lower() in _NEGATIONS:
            return child
    return None


def find_modal(tree: Tree, verb: int) -> int | None:
    """Give the modal auxiliary of ``verb`` («could», «will»), or nothing; one shared in coordination counts."""
    for at in (verb, tree.first_conjunct(verb)):
        for child in tree.children(at, "aux"):
            if tree.tokens[child].tag == "MD":
                return child
        if at == verb and tree.child(verb, *_SUBJECT, "aux", "aux:pass") is not None:
            return None
    return None


def verb_group(tree: Tree, verb: int) -> tuple[int, ...]:
    """Give the predicate with its auxiliaries, copula, particle, negation and infinitive «to», in text order."""
    group = {verb, *tree.children(verb, "aux", "aux:pass", "cop", "compound:prt")}
    negation = find_negation(tree, verb)
    if negation is not None:
        group.add(negation)
    group.update(m for m in tree.children(verb, "mark") if tree.tokens[m].text.lower() == "to")
    return tuple(sorted(group))


def _expand(tree: Tree, index: int | None) -> tuple[int, ...]:
    return () if index is None else tuple(i for i in tree.conjuncts(index) if i >= index)


def _follow_subject(tree: Tree, verb: int, steps: int) -> int | None:
    own = next((c for r in _SUBJECT for c in tree.children(verb, r)), None)
    if own is not None:
        return _resolve_relative(tree, verb, own)
    head = tree.parent(verb)
    if head is None or not steps:
        return None
    relation = tree.tokens[verb].relation
    if relation == "acl:relcl" or (relation == "acl" and tree.tokens[verb].tag in ("VBG", "VBN")):
        return head
    if relation == "xcomp":
        controller = tree.child(head, "obj", "iobj")
        return controller if controller is not None else _follow_subject(tree, head, steps - 1)
    if relation == "advcl" or (relation == "conj" and tree.tokens[head].pos in ("VERB", "AUX", "ADJ")):
        return _follow_subject(tree, head, steps - 1)
    return None


def _resolve_relative(tree: Tree, verb: int, argument: int) -> int:
    """Replace «who», «which», «that» of a relative clause by the noun it stands for."""
    clause = tree.first_conjunct(verb)
    noun = tree.parent(clause)
    token = tree.tokens[argument]
    is_relative = token.tag in _RELATIVE_TAGS or token.text.lower() == "that"
    if is_relative and tree.tokens[clause].relation == "acl:relcl" and noun is not None:
        return noun
    return argument


def _share_object(tree: Tree, verb: int) -> int | None:
    """Find the object in «attacked and burned the village», which hangs on the first verb, for the second."""
    if tree.tokens[verb].relation != "conj":
        return None
    shared = tree.children(tree.first_conjunct(verb), "obj")
    return next((o for o in shared if o > verb), None)


def _lacks_object(tree: Tree, verb: int) -> bool:
    """Tell whether a relative clause has its gap in the object: «the bridge (that) they blew up»."""
    if is_passive(tree, verb) or tree.child(verb, "cop", "ccomp", "xcomp") is not None:
        return False
    subject = next((c for r in _SUBJECT for c in tree.children(verb, r)), None)
    if subject is None or tree.tokens[subject].tag in _RELATIVE_TAGS:
        return False
    # «the city where they met», «the man to whom he spoke»: the gap is an adjunct.
    asks = {"WRB", "WP$", "WDT", "WP"}
    return not any(tree.tokens[i].tag in asks for c in tree.children(verb, "advmod", "obl") for i in tree.subtree(c))
