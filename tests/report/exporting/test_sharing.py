"""What a site shows of itself elsewhere: safe, the same each time, and only with an address."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from demine_analysis.report.exporting.sharing import shared

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "<script>alert('1 & 2')</script>"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def page(dataset: str, figure: str, what: str = "hectares in all") -> dict[str, Any]:
    total = {"name": "total", "figure": figure, "what": what}
    return {"title": "Trend", "finding": f"{figure} ha.", "dataset": dataset, "figures": [total]}


def texts(svg: bytes) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - our own
    return [each.text or "" for each in root.iter() if each.tag.endswith("}text")]


def test_each_dataset_has_a_badge_and_the_first_is_the_sites(tmp_path: Path) -> None:
    pages = {"bulletin": {}, "trend": page("one", "1,200"), "other": page("two", "3,400")}
    found = dict(shared(tmp_path, pages, "Site", ""))
    assert set(found) == {"badge.svg", "badge-one.svg", "badge-two.svg"}
    assert texts(found["badge.svg"]) == ["one", "1,200 hectares in all"]
    assert texts(found["badge-two.svg"]) == ["two", "3,400 hectares in all"]


def test_a_badge_holds_no_markup_of_others_and_stays_in_its_folder(tmp_path: Path) -> None:
    found = dict(shared(tmp_path, {"trend": page("../" + HOSTILE, HOSTILE, HOSTILE)}, "Site", ""))
    assert b"<script" not in found["badge.svg"]
    assert texts(found["badge.svg"])[1] == f"{HOSTILE} {HOSTILE}"
    assert not any("/" in name or "<" in name for name in found)


def test_with_an_address_every_page_is_on_the_map(tmp_path: Path) -> None:
    pages = {"trend": page("one", "1"), "about": {"title": "About"}}
    found = dict(shared(tmp_path, pages, "Site", "https://example.org/a/?b=1&c=2/"))
    places = [each.text for each in ET.fromstring(found["sitemap.xml"]).iter(f"{SITEMAP}loc")]  # noqa: S314 - our own
    assert places[0] == "https://example.org/a/?b=1&c=2/"
    assert places[1:] == [f"{places[0]}{name}.html" for name in pages]
    for name in ("index.png", "trend.png", "about.png"):
        assert struct.unpack(">II", found[name][16:24]) == (1200, 630)


def test_a_preview_is_drawn_again_only_where_it_says_something_else(tmp_path: Path) -> None:
    address = "https://example.org/"
    before = {"trend": page("one", "$1^$"), "about": {"title": "About"}}
    for name, content in shared(tmp_path, before, "Site", address):
        (tmp_path / name).write_bytes(content)
    assert not [name for name, _ in shared(tmp_path, before, "Site", address) if "png" in name]
    after = {**before, "about": {"title": "About all this"}}
    assert [name for name, _ in shared(tmp_path, after, "Site", address) if "png" in name] == [
        "about.png"
    ]
