"""The feed of a site: valid Atom, an entry a page, the same bytes from the same data."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import feedparser
import northland
import pytest

import demine_analysis as da
from demine_analysis.report.exporting.feed import feed

if TYPE_CHECKING:
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    northland.make(tmp_path)
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("home")
def test_entries_are_the_pages_the_newest_first() -> None:
    found = feedparser.parse(feed("Site", ["northland"]))
    assert not found.bozo
    assert [each.link for each in found.entries] == [
        "https://example.org/herald/1", "https://example.org/north/2025",
        "https://example.org/north/2024",
    ]  # fmt: skip
    first = found.entries[0]
    assert first.updated == "2025-03-10T00:00:00Z"
    assert first.title.startswith("The Herald: ")
    assert "cleared area: 31.5 hectares, 2025-03-03 to 2025-03-09" in first.summary


def test_everything_that_atom_requires_is_there_once() -> None:
    root = ET.fromstring(feed("Site", ["azerbaijan", "ukraine", "yemen"]))  # noqa: S314 - our own
    for node in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{name}")) == 1
            assert node.findtext(f"{ATOM}{name}")
    names = [each.findtext(f"{ATOM}id") for each in root.findall(f"{ATOM}entry")]
    assert len(names) == len(set(names)) == 40
    days = [str(each.findtext(f"{ATOM}updated")) for each in root.findall(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert root.findtext(f"{ATOM}updated") == days[0]


def test_identifiers_outlive_new_pages(home: Path) -> None:
    def known() -> dict[str, str]:
        return {each.link: each.id for each in feedparser.parse(feed("S", ["northland"])).entries}

    before = known()
    folder = home / "northland"
    for name, row in (
        ("sources.csv", "herald-20250401,https://example.org/herald/2,The Herald,,2025-04-01,en\n"),
        ("statements.csv", "herald-20250401.01,herald-20250401,area_cleared,40,ha,exact,achieved,"
                           "week,2025-03-24,2025-03-30,all,all,all,40,\n"),
    ):  # fmt: skip
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(row)
    after = known()
    assert before.items() < after.items()


def test_same_data_give_the_same_bytes_and_nothing_gives_an_empty_feed() -> None:
    assert feed("Site", ["yemen"]) == feed("Site", ["yemen", "yemen"])
    assert feedparser.parse(feed("Site", ["no such dataset"])).entries == []


def test_pages_of_the_feed_are_those_of_the_dataset() -> None:
    known = set(da.load_sources("yemen")["url"])
    assert {each.link for each in feedparser.parse(feed("S", ["yemen"])).entries} <= known
