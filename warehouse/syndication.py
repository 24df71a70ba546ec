"""Near copies: documents that tell one text with small changes, found by MinHash.

A text is the set of its five-word runs.  Its signature of 128 minima estimates how much of that set it shares with
another text (Broder 1997); texts that agree on eight minima in a row, at one of sixteen places, are compared, and
those that share at least 70 % are joined.  Groups are the connected parts of that, so they do not depend on order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import polars as pl
from rensa import RMinHash

from schemas.manifest import SIGNATURES
from schemas.spans import make_id
from warehouse.frames import Connection, attach_frame, fetch_frame

PERMUTATIONS = 128
BAND = 8
SEED = 1997
RUN = 5
SIMILAR = 0.7
CHUNK = 500
WORD = re.compile(r"\w+")

CANDIDATES = """
with banded as (
    select
        text_digest,
        signature,
        band,
        signature[band * $band + 1 : (band + 1) * $band] as minima
    from text_signatures
    cross join range($bands) as bands (band)
    where text_digest in (select text_digest from documents)
),

neighbours as (
    select
        text_digest,
        signature,
        lag(text_digest) over bucket as before,
        lag(signature) over bucket as before_signature,
        first_value(text_digest) over bucket as first_one,
        first_value(signature) over bucket as first_signature
    from banded
    window bucket as (partition by band, minima order by text_digest)
),

pairs as (
    select text_digest as a, before as b, signature as x, before_signature as y from neighbours
    where before is not null
    union
    select text_digest as a, first_one as b, signature as x, first_signature as y from neighbours
    where first_one <> text_digest
)

select a, b
from pairs
where list_sum(list_transform(list_zip(x, y), lambda pair: (pair[1] = pair[2])::integer)) >= $shared
order by a, b
"""


def find_groups(con: Connection) -> pl.DataFrame:
    """Give ``document_id, syndication_id`` of every document that is not alone; the id is that of the smallest key.

    Signatures are made for texts that have none yet and kept in ``text_signatures``.  Cost grows with the number of
    texts, not with its square: in a crowd that agrees on a band each is compared with its neighbour and the first.
    """
    add_signatures(con)
    edges = fetch_frame(
        con,
        CANDIDATES,
        {"band": BAND, "bands": PERMUTATIONS // BAND, "shared": round(SIMILAR * PERMUTATIONS)},
    )
    heads = connect_parts(edges.iter_rows())
    documents = fetch_frame(con, "select document_id, text_digest from documents order by document_id")
    parts: dict[str, list[str]] = {}
    for document_id, text_digest in documents.iter_rows():
        parts.setdefault(heads.get(text_digest, text_digest), []).append(document_id)
    rows = [(member, make_id("syndication", part[0])) for part in parts.values() if len(part) > 1 for member in part]
    return pl.DataFrame(rows, schema={"document_id": pl.String, "syndication_id": pl.String}, orient="row")


def add_signatures(con: Connection) -> None:
    """Sign every text that has no signature yet."""
    query = (
        "select text_digest, any_value(text) as text from documents "
        "anti join text_signatures using (text_digest) group by text_digest limit $chunk"
    )
    while (texts := fetch_frame(con, query, {"chunk": CHUNK})).height:
        signatures = texts.select(
            "text_digest",
            pl.Series("signature", [sign_text(text) for text in texts["text"]], dtype=pl.List(pl.UInt32)),
        )
        with attach_frame(con, "signed", signatures.select(list(SIGNATURES.schema))):
            con.execute("insert into text_signatures by name select * from signed")


def sign_text(text: str) -> list[int]:
    """Give the 128 minima of a text's runs of five words, case and punctuation aside.

    >>> len(sign_text("Six people were killed in the attack on Monday."))
    128
    """
    signature = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    signature.update(list(word_runs(text)))
    return list(signature.digest())


def word_runs(text: str) -> Iterator[str]:
    """Give every run of five words; a shorter text is one run.

    >>> list(word_runs("Six people were killed there today"))
    ['six people were killed there', 'people were killed there today']
    """
    words = WORD.findall(text.casefold())
    for start in range(max(1, len(words) - RUN + 1)):
        yield " ".join(words[start : start + RUN])


def connect_parts(edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give each node of a graph the smallest node it is connected with (union and find).

    >>> connect_parts([("c", "b"), ("b", "a"), ("y", "x")]) == {"a": "a", "b": "a", "c": "a", "x": "x", "y": "x"}
    True
    """
    parent: dict[str, str] = {}

    def head(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in edges:
        low, high = sorted((head(one), head(other)))
        parent[high] = low
    return {node: head(node) for node in list(parent)}
