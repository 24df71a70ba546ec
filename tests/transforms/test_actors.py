"""Actors: who is one, of what sort, of which country, and who is nobody."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from schemas.actors import Actor
from schemas.vocabulary import ActorType, Sector
from tests.documents import make_document
from transforms.actors import find_actors
from transforms.places import find_places
from transforms.reference import read_reference
from transforms.reference.countries import read_countries
from transforms.reference.given_names import find_gender, is_given_name
from transforms.reference.parties import find_party, find_surname
from transforms.reference.roles import find_role
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree


def actors_in(text: str, published: str = "2023-06-01") -> list[Actor]:
    document = make_document(text, published_at=datetime.fromisoformat(published).replace(tzinfo=UTC))
    (sentences,) = read_sentences([("d", text)])
    trees = [Tree(s) for s in sentences]
    return list(find_actors(document, trees, find_places(document, trees)))


FOUND = [
    # text, quote, name, type, country, sector
    ("Russia attacked the town.", "Russia", "Russia", "country", "RUS", "MIL"),
    ("The minister rejected claims by Kyiv.", "Kyiv", "Ukraine", "country", "UKR", "GOV"),
    ("Moscow accused the West of lying.", "Moscow", "Russia", "country", "RUS", "GOV"),
    ("The Kremlin denied the report.", "Kremlin", "Government of Russia", "organisation", "RUS", "GOV"),
    ("Hezbollah fired rockets.", "Hezbollah", "Hezbollah", "armed-group", "LBN", "REB"),
    ("Hizballah fired rockets.", "Hizballah", "Hezbollah", "armed-group", "LBN", "REB"),
    ("The IDF said it struck a tunnel.", "IDF", "Israel Defense Forces", "organisation", "ISR", "MIL"),
    ("Russian forces shelled the town.", "Russian forces", "Russian forces", "organisation", "RUS", "MIL"),
    ("Nigerian police arrested a man.", "Nigerian police", "Nigerian police", "organisation", "NGA", "COP"),
    ("President Joe Biden spoke.", "President Joe Biden", "Joe Biden", "person", "USA", "GOV"),
    ("Angela Merkel resigned.", "Angela Merkel", "Angela Merkel", "person", "DEU", "GOV"),
    ("Protesters burned tyres.", "Protesters", "Protesters", "people-group", None, "CVL"),
    ("Two Ukrainians were freed.", "Ukrainians", "Ukrainians", "people-group", "UKR", "CVL"),
    ("Israeli strikes killed two people.", "Israeli", "Israel", "country", "ISR", "MIL"),
    ("The United Nations sent aid.", "United Nations", "United Nations", "organisation", None, "IGO"),
]


@pytest.mark.parametrize(("text", "quote", "name", "kind", "country", "sector"), FOUND)
def test_actors_are_resolved(text: str, quote: str, name: str, kind: str, country: str | None, sector: str) -> None:
    found = {a.quote: a for a in actors_in(text)}
    assert quote in found, sorted(found)
    actor = found[quote]
    assert actor.sector is not None
    assert (actor.name, actor.actor_type.value, actor.country, actor.sector.value) == (name, kind, country, sector)


NOT_ACTING = [
    ("Fighting went on in Russia.", "Russia"),
    ("Sites in Kyiv were hit.", "Kyiv"),
    ("He travelled to France.", "France"),
    ("Bombs fell near Lviv.", "Lviv"),
    ("They met at the Red Sea.", "Red Sea"),
]


@pytest.mark.parametrize(("text", "quote"), NOT_ACTING)
def test_a_place_is_no_actor_where_it_does_not_act(text: str, quote: str) -> None:
    assert quote not in {a.quote for a in actors_in(text)}


@pytest.mark.parametrize("text", ["The bridge collapsed.", "It rained for days.", "", "42", "Prices rose by 3%."])
def test_things_are_no_actors(text: str) -> None:
    assert actors_in(text) == []


def test_short_names_and_pronouns_go_with_the_full_name() -> None:
    text = "Sergei Lavrov met reporters on Monday. Lavrov said talks would go on. He praised the hosts."
    found = [a for a in actors_in(text) if a.name == "Sergei Lavrov"]
    assert [a.quote for a in found] == ["Sergei Lavrov", "Lavrov", "He"]
    assert [a.is_pronoun for a in found] == [False, False, True]
    assert {a.country for a in found} == {"RUS"}


def test_a_pronoun_agrees_with_its_actor() -> None:
    text = "Angela Merkel received David Cameron. She welcomed the offer."
    (she,) = [a for a in actors_in(text, "2014-01-01") if a.is_pronoun]
    assert she.name == "Angela Merkel"


def test_an_acronym_in_brackets_stands_for_its_name() -> None:
    text = "The Free Farmers Union (FFU) called a strike. The FFU blocked roads."
    names = {a.quote: a.name for a in actors_in(text)}
    assert names.get("FFU") == names.get("Free Farmers Union")


def test_offices_have_their_time() -> None:
    before, after = find_party("Joe Biden", on=date(2012, 1, 1)), find_party("Joe Biden", on=date(2022, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.role, after.role) == ("vice president", "president")
    truss = find_surname("Truss")
    assert truss is not None
    assert truss.country == "GBR"


@pytest.mark.parametrize(
    ("noun", "sector", "kind"),
    [
        ("soldier", Sector.MIL, ActorType.ROLE),
        ("policemen", Sector.COP, ActorType.ORGANISATION),
        ("foreign minister", Sector.GOV, ActorType.ROLE),
        ("supreme court", Sector.JUD, ActorType.ORGANISATION),
        ("rebels", Sector.REB, ActorType.ARMED_GROUP),
        ("refugees", Sector.REF, ActorType.PEOPLE_GROUP),
    ],
)
def test_roles_have_sectors(noun: str, sector: Sector, kind: ActorType) -> None:
    role = find_role(noun)
    assert role is not None
    assert (role.sector, role.actor_type) == (sector, kind)


@pytest.mark.parametrize("word", ["table", "missile", "", "run", "Paris"])
def test_other_words_are_no_roles(word: str) -> None:
    assert find_role(word) is None


def test_given_names_know_their_gender() -> None:
    assert (find_gender("Vladimir"), find_gender("Kamala"), find_gender("Alexis")) == ("male", "female", None)
    assert not is_given_name("Kharkiv")


@pytest.mark.parametrize("table", ["armed_groups", "organisations", "people_groups"])
def test_tables_name_nobody_twice_and_only_known_countries(table: str) -> None:
    rows = read_reference(table, ("name", "aliases", "country", "sector"))
    names = Counter(n for r in rows for n in (r["name"], *r["aliases"].split("|")) if n)
    assert [n for n, times in names.items() if times > 1] == []
    assert {r["country"] for r in rows} <= {"", *read_countries()}
    assert {r["sector"] for r in rows} <= {s.value for s in Sector}


def test_leaders_have_days_in_order_and_known_countries() -> None:
    for row in read_reference("leaders", ("name", "aliases", "country", "role", "from_date", "to_date", "sector")):
        first = date.fromisoformat(row["from_date"])
        assert not row["to_date"] or first < date.fromisoformat(row["to_date"]), row
        assert row["country"] in {"", *read_countries()}, row
