"""The manifest is checked whole before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tiny_notebooks import entry, text, write_manifest, write_notebook

from demine_analysis.errors import ParameterError
from demine_analysis.publishing.manifest import Report, load_manifest, slug

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: Path, *reports: str, settings: str = "") -> tuple[Report, ...]:
    write_notebook(folder, text("# Tiny"))
    return load_manifest(write_manifest(folder, *reports, settings=settings)).reports


def test_the_shipped_manifest_names_the_three_reports() -> None:
    manifest = load_manifest()
    assert {"trend", "clearance-rate", "projection"} <= {each.name for each in manifest.reports}
    assert all(each.notebook.is_file() for each in manifest.reports)


def test_a_site_may_say_where_it_can_be_read(tmp_path: Path) -> None:
    write_notebook(tmp_path, text("# Tiny"))
    at = 'address = "https://example.org/mines/"'
    assert load_manifest(write_manifest(tmp_path, entry("a"), settings=at)).address == at[11:-1]
    assert load_manifest(write_manifest(tmp_path, entry("a"))).address == ""
    for wrong in ("example.org/", "https://example.org", "javascript:x/", "https://a b/"):
        with pytest.raises(ParameterError, match="address must match pattern"):
            load_manifest(write_manifest(tmp_path, entry("a"), settings=f'address = "{wrong}"'))


def test_for_each_makes_a_report_for_each_combination(tmp_path: Path) -> None:
    reports = load(
        tmp_path,
        'name = "tiny-{who}"\ntitle = "For {who}, {times} times"\nnotebook = "tiny"\n'
        'parameters = { times = 9 }\nfor_each = { who = ["Ağdam", "B/C"], times = [1, 2] }',
    )
    names = [each.name for each in reports]
    assert names == ["tiny-agdam-1", "tiny-agdam-2", "tiny-b-c-1", "tiny-b-c-2"]
    assert reports[2].title == "For B/C, 1 times"
    assert reports[2].parameters == {"times": 1, "who": "B/C"}


@pytest.mark.parametrize(
    ("reports", "message"),
    [
        ((), "must contain ['report'] properties"),
        ((entry("a"), entry("a")), "more than one has a"),
        ((entry("../a"),), "report '../a': name must match pattern"),
        ((entry("a/b"),), "report 'a/b': name must match pattern"),
        ((entry(""),), "name must match pattern"),
        ((entry("index"),), "not index"),
        ((entry("a-{what}"),), "{...} only for keys of for_each"),
        ((entry("a-"),), "small letters, digits and hyphens"),
        (('name = "a"\nnotebook = "tiny"',), "report 'a': must contain"),
        ((entry("a", notebook="tinny"),), "notebook must be a file beside the manifest"),
        ((entry("a", notebook="trent"),), "(did you mean trend?)"),
        ((entry("a", timeout=0),), "timeout must be bigger than 0"),
        ((entry("a", timeout="long"),), "timeout must be number"),
        ((entry("a", colour="red"),), "must not contain {'colour'} properties"),
        ((entry("a", parameters=[1]),), "parameters must be object"),
        ((entry("a-{who}", for_each={"who": []}),), "for_each.who must contain at least 1 items"),
        ((entry("a-{who}", for_each={"who": ["B C", "b-c"]}),), "more than one has a-b-c"),
    ],
)
def test_a_wrong_manifest_says_what_and_where(
    tmp_path: Path, reports: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        load(tmp_path, *reports)
    assert message in str(caught.value)
    assert "reports.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"[[report]", "not valid TOML"), (b"\xff\xfe", "not valid TOML"), (None, "No such file")],
)
def test_a_manifest_that_cannot_be_read_is_one_line(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "reports.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ParameterError, match=message):
        load_manifest(path)


def test_a_placeholder_reaches_nothing_but_its_value(tmp_path: Path) -> None:
    (report,) = load(
        tmp_path,
        'name = "a-{who}"\ntitle = "{who.__class__} {who} {0} {}"\nnotebook = "tiny"\n'
        'for_each = { who = ["x"] }',
    )
    assert report.title == "{who.__class__} x {0} {}"


@pytest.mark.parametrize(
    "value", ["../../etc/passwd", "..", "/", "a\0b", "\u202eevil", "CON:", "%2e"]
)
def test_a_slug_is_a_plain_file_name(value: str) -> None:
    assert all(each.isascii() and (each.isalnum() or each == "-") for each in slug(value))


def test_long_names_are_not_cut_to_the_same_page() -> None:
    long = "a" * 199
    assert slug(f"{long}b") != slug(f"{long}c")


def test_a_byte_order_mark_is_no_part_of_a_manifest(tmp_path: Path) -> None:
    path = tmp_path / "reports.toml"
    plain = '[[report]]\nname = "t"\ntitle = "T"\nnotebook = "trend"\n'
    path.write_bytes(plain.encode("utf-8-sig"))
    assert load_manifest(path).reports[0].name == "t"


def test_names_of_any_alphabet_make_pages_of_their_own() -> None:
    names = ["Ізюм", "Харків", "حلب", "ភ្នំពេញ", "Ağdərə"]
    found = [slug(name) for name in names]
    assert found[:2] == ["izyum", "kharkiv"]
    assert len(set(found)) == len(names)
    assert all(found)
