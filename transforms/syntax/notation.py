"""Trees written on one line, for doctests, tests and golden files."""

from __future__ import annotations

from schemas.sentences import Sentence, Token


def read_notation(notation: str, *, document_id: str = "d", char_start: int = 0) -> Sentence:
    """Read a sentence from ``word|lemma|UPOS|tag|relation|head`` items parted by spaces.

    Heads are counted from 1 as in CoNLL-U, 0 being the root.  Words stand one space apart, the first at
    ``char_start``; a word that begins with ``~`` follows the one before it without a space.

    >>> s = read_notation("Police|police|NOUN|NNS|nsubj|2 left|leave|VERB|VBD|root|0 ~.|.|PUNCT|.|punct|2")
    >>> [(t.text, t.char_start, t.relation, t.head) for t in s.tokens]
    [('Police', 0, 'nsubj', 1), ('left', 7, 'root', 1), ('.', 11, 'punct', 1)]
    """
    tokens: list[Token] = []
    at = char_start
    for index, item in enumerate(notation.split()):
        word, lemma, pos, tag, relation, head = item.rsplit("|", 5)
        is_joined = len(word) > 1 and word.startswith("~")
        word = word[1:] if is_joined else word
        start = at if is_joined or not index else at + 1
        at = start + len(word)
        tokens.append(
            Token(
                index=index,
                text=word,
                char_start=start,
                char_end=at,
                lemma=lemma,
                pos=pos,
                tag=tag,
                relation=relation,
                head=int(head) - 1 if head != "0" else index,
            )
        )
    return Sentence(
        document_id=document_id,
        sentence_no=0,
        paragraph_no=0,
        char_start=char_start,
        char_end=at,
        tokens=tuple(tokens),
    )


def write_notation(sentence: Sentence) -> str:
    """Write a sentence's tree in the notation :func:`read_notation` reads.

    >>> write_notation(read_notation("Police|police|NOUN|NNS|nsubj|2 left|leave|VERB|VBD|root|0"))
    'Police|police|NOUN|NNS|nsubj|2 left|leave|VERB|VBD|root|0'
    """
    items: list[str] = []
    end = sentence.tokens[0].char_start if sentence.tokens else 0
    for token in sentence.tokens:
        joined = "~" if token.index and token.char_start == end else ""
        head = 0 if token.head == token.index else token.head + 1
        parts = (joined + token.text, token.lemma, token.pos, token.tag, token.relation, str(head))
        items.append("|".join(parts))
        end = token.char_end
    return " ".join(items)
