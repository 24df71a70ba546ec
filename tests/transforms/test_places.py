"""Places: what is one, which one, and what is none."""

from __future__ import annotations

import csv
import threading
from collections import Counter
from pathlib import Path

import pytest

from schemas.errors import MisuseError
from schemas.places import Place
from tests.documents import make_document
from transforms.places import find_places
from transforms.places.additions import add_file
from transforms.places.gazetteer import Gazetteer, load_gazetteer
from transforms.places.index import index_digest, write_index
from transforms.reference import extractor_version, read_reference
from transforms.reference.countries import find_adjective, find_country, find_people, find_seat, read_countries
from transforms.reference.folding import edit_distance, fold_name
from transforms.sentences import read_sentences
from transforms.syntax.tree import Tree


def places_in(text: str) -> dict[str, Place]:
    document = make_document(text)
    (sentences,) = read_sentences([("d", text)])
    return {p.quote: p for p in find_places(document, [Tree(s) for s in sentences])}


RESOLVED = [
    # text, quote, country, (latitude, longitude) within half a degree
    ("Russian missiles hit Kharkiv, killing two people in Ukraine.", "Kharkiv", "UKR", (50.0, 36.2)),
    ("Shells fell on Pokrovsk in Ukraine's Donetsk region on Monday.", "Pokrovsk", "UKR", (48.3, 37.2)),
    ("The Ukrainian army said drones struck Kharkhiv and Sumy in Ukraine.", "Kharkhiv", "UKR", (50.0, 36.2)),
    ("Drones hit sites in Kyiv and Kharkiv overnight.", "Kharkiv", "UKR", (50.0, 36.2)),
    ("He was arrested in Paris, Texas, the police said.", "Paris", "USA", (33.7, -95.6)),
    ("The ministers of France and Germany met in Paris on Friday.", "Paris", "FRA", (48.9, 2.3)),
    ("Israeli tanks entered Rafah in the Gaza Strip.", "Rafah", "PSE", (31.3, 34.3)),
    ("Fighting went on near Hodeidah in Yemen.", "Hodeidah", "YEM", (14.8, 42.95)),
    ("The talks were held in Constantinople, in Turkey.", "Constantinople", "TUR", (41.0, 28.9)),
    ("Syrian forces shelled Deir ez-Zor, in eastern Syria.", "Deir ez-Zor", "SYR", (35.3, 40.1)),
    ("A mosque was attacked in Deir al-Balah in Gaza.", "Deir al-Balah", "PSE", (31.4, 34.35)),
]


@pytest.mark.parametrize(("text", "quote", "country", "point"), RESOLVED)
def test_toponyms_get_their_point(text: str, quote: str, country: str, point: tuple[float, float]) -> None:
    place = places_in(text)[quote]
    assert place.country == country
    assert place.latitude is not None
    assert place.longitude is not None
    assert abs(place.latitude - point[0]) < 0.5
    assert abs(place.longitude - point[1]) < 0.5


KINDS = [
    ("Power failed in the Zaporizhia region of Ukraine.", "Zaporizhia", "region"),
    ("Shelling hit the Kharkiv, Sumy and Poltava regions of Ukraine.", "Kharkiv", "region"),
    ("The governor of Belgorod Oblast in Russia resigned.", "Belgorod Oblast", "region"),
    ("The sheriff of Laurel County in Kentucky resigned.", "Laurel County", "district"),
    ("A ship sank in the Red Sea off Yemen.", "Red Sea", "feature"),
    ("A tanker was seized in the Strait of Hormuz.", "Strait of Hormuz", "feature"),
    ("Iraq closed the border.", "Iraq", "country"),
    ("Syrian jets bombed a convoy.", "Syrian", "country"),
    ("Protests broke out in Darfur in Sudan.", "Darfur", "region"),
]


@pytest.mark.parametrize(("text", "quote", "kind"), KINDS)
def test_kind_follows_the_words_around(text: str, quote: str, kind: str) -> None:
    assert places_in(text)[quote].place_type.value == kind


NO_PLACES = [
    "President George Washington crossed the river.",
    "Paris Hilton bought a house.",
    "Jordan Peterson spoke with Austin Reed.",
    "Chelsea Clinton wrote a book.",
    "May the force be with you.",
    "Mr. London said he would not come.",
    "They ate turkey and read about china.",
    "Two Frenchmen met three Danes.",
    "The ministers agreed that NATO would send a mission in August.",
    "The Department of Agriculture and the Department of Justice signed a plan of Action.",
    "Vice President Harris and Reps. Hayes and Hill spoke on Monday.",
    "The National Bank raised its rate, said the Drug Abuse Division.",
    "",
    "!!! ??? ...",
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_persons_peoples_and_words_are_no_places(text: str) -> None:
    assert not places_in(text)


def test_a_country_is_no_village_of_the_country_beside_it() -> None:
    place = places_in("The United States values its partnership with Jordan, a U.S. official said.")["Jordan"]
    assert (place.country, place.place_type.value) == ("JOR", "country")


def test_a_list_of_regions_ends_with_their_kind() -> None:
    found = places_in("Shells fell in the Kharkiv, Sumy and Poltava regions.")
    assert {place.place_type.value for place in found.values()} == {"region"}
    assert places_in("Kosovo closes two crossings.")["Kosovo"].place_type.value == "country"


def test_unknown_village_is_kept_without_point() -> None:
    place = places_in("Two people died in the village of Zorkavelyne, Ukraine.")["Zorkavelyne"]
    assert place.latitude is None
    assert place.geonames_id is None


def test_alternatives_are_counted() -> None:
    assert places_in("The mayor of Springfield, Illinois, resigned.")["Springfield"].alternatives > 5


def test_one_name_means_one_place_in_a_document() -> None:
    text = "Gunmen struck Tripoli in Lebanon. Lebanon sent troops. Tripoli was calm on Sunday."
    assert len({(p.latitude, p.country) for q, p in places_in(text).items() if q == "Tripoli"}) == 1


def test_every_capital_is_in_its_country() -> None:
    gazetteer = load_gazetteer()
    for country in read_countries().values():
        for seat in country.seats[:1]:
            assert any(c.country == country.country for c in gazetteer.find(seat)), (country.country, seat)


def test_names_of_countries_are_told_apart() -> None:
    rows = read_reference("countries", ("country", "name", "aliases"))
    owned = {(fold_name(n), r["country"]) for r in rows for n in (r["name"], *r["aliases"].split("|")) if n}
    assert [n for n, times in Counter(name for name, _ in owned).items() if times > 1] == []


def test_spellings_lead_to_a_settlement_of_their_country() -> None:
    gazetteer = load_gazetteer()
    for row in read_reference("place_spellings", ("spelling", "name", "country")):
        found = [c for c in gazetteer.find(row["spelling"]) if c.kind == "settlement" and c.rank < 2]
        assert any(c.country == row["country"] for c in found), row


def test_points_of_regions_lie_by_their_country() -> None:
    countries = read_countries()
    for row in read_reference("regions", ("name", "country", "latitude", "longitude")):
        assert -90 <= float(row["latitude"]) <= 90
        assert -180 <= float(row["longitude"]) <= 180
        home = countries.get(row["country"])
        if home and home.country in {"UKR", "SYR", "IRQ", "YEM", "SDN", "ETH", "NGA", "PAK", "AFG", "PSE", "MMR"}:
            assert abs(float(row["latitude"]) - home.latitude) < 14, row
            assert abs(float(row["longitude"]) - home.longitude) < 14, row


@pytest.mark.parametrize(
    ("find", "name", "expected"),
    [
        (find_country, "U.S.", "USA"),
        (find_country, "us", None),
        (find_country, "CAR", "CAF"),
        (find_country, "Car", None),
        (find_country, "Côte d’Ivoire", "CIV"),
        (find_adjective, "South Sudanese", "SSD"),
        (find_adjective, "Martian", None),
        (find_people, "Danes", "DNK"),
        (find_people, "Denmark", None),
        (find_seat, "Tel Aviv", "ISR"),
        (find_seat, "Haifa", None),
    ],
)
def test_countries_by_their_words(find: object, name: str, expected: str | None) -> None:
    assert callable(find)
    assert find(name) == expected


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Kharkhiv", "UKR", "Kharkiv"),
        ("Mairupol", "UKR", "Mariupol"),
        ("Kabull", "AFG", "Kabul"),
        ("Xqzyvu", "UKR", None),
    ],
)
def test_misspelt_names_are_found_in_their_country_only(name: str, country: str, found: str | None) -> None:
    names = {c.name for c in load_gazetteer().find_alike(name, [country])}
    assert (found in names) if found else not names
    assert not load_gazetteer().find_alike(name, ["NZL"])


def test_edits_are_bounded() -> None:
    assert edit_distance("a" * 1000, "b" * 1000, 2) == 3


def write_place(file: Path, name: str) -> None:
    """Write a file of one village in GeoNames' format."""
    cells = ["77", name, name, "Zorkaveline", "49.5", "33.1", "P", "PPL", "UA"]
    cells += ["", "07", "", "", "", "312", "", "90", "Europe/Kyiv", "2024-01-01"]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter="\t", lineterminator="\n").writerow(cells)


def test_added_places_extract_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREHOUSE_DATA", str(tmp_path / "data"))
    file = tmp_path / "own.txt"
    versions = [extractor_version()]
    for name in ("Zorkavelyne", "Zorkavelyne", "Bizhuvka"):
        write_place(file, name)
        add_file(file)
        versions.append(extractor_version())
    shipped, first, again, other = versions
    assert first == again
    assert len({shipped, first, other}) == 3
    monkeypatch.setenv("WIREHOUSE_DATA", str(tmp_path / "elsewhere"))
    assert extractor_version() == shipped


def test_user_places_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREHOUSE_DATA", str(tmp_path / "data"))
    file = tmp_path / "own.txt"
    write_place(file, "Zorkavelyne")
    before = index_digest()
    assert add_file(file) == 1
    assert index_digest() != before
    write_index(tmp_path / "own.sqlite", with_cities=False)
    found = Gazetteer(tmp_path / "own.sqlite").find("Zorkaveline")
    assert [(c.name, c.country, c.geonames_id) for c in found] == [("Zorkavelyne", "UKR", 77)]


@pytest.mark.parametrize("content", ["", "not a table\n", "1\t2\t3\n"])
def test_a_file_without_places_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setenv("WIREHOUSE_DATA", str(tmp_path / "data"))
    file = tmp_path / "own.txt"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(MisuseError):
        add_file(file)


def test_two_may_write_the_index_at_once(tmp_path: Path) -> None:
    target = tmp_path / "gazetteer.sqlite"
    faults: list[BaseException] = []

    def write() -> None:
        try:
            write_index(target, with_cities=False)
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert [p.name for p in tmp_path.iterdir()] == ["gazetteer.sqlite"]
    assert Gazetteer(target).find("Donbas")
