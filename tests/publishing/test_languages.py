"""A report in several languages: each page leads to the others, and the index to all."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import nbformat.v4
from tiny_notebooks import code, notebook_json, text

from demine_analysis.publishing import batch
from demine_analysis.publishing.manifest import Manifest, Report, load_manifest
from demine_analysis.publishing.page.document import to_html
from demine_analysis.publishing.running.job import Job, with_versions
from demine_analysis.publishing.site.fingerprint import fingerprint
from demine_analysis.publishing.site.folder import Failure, Record
from demine_analysis.publishing.site.index import index_html
from demine_analysis.publishing.site.state import State
from demine_analysis.publishing.site.summary import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSIONS = {"en": "trend", "az": "trend-az", "ru": "trend-ru"}


def job(name: str, language: str = "en", source: str = "{}", **parameters: object) -> Job:
    given = parameters | ({} if language == "en" else {"language": language})
    return Job(name, name.capitalize(), source, given, language)


def page(language: str, versions: Mapping[str, str]) -> str:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Trend\n\n## Sources\n\nWords of mine.")]
    )
    return to_html(notebook, title="Trend", language=language, address="", versions=versions)


def links(html: str) -> list[tuple[str, ...]]:
    return re.findall(r'<a href="([^"]+)" hreflang="(\w+)" lang="(\w+)"[^>]*>([^<]+)</a>', html)


def test_reports_that_differ_in_language_alone_are_versions() -> None:
    jobs = [job("a"), job("a-ru", "ru"), job("b", end="2022-01-01"), job("c", source="[]")]
    versions = [each.versions for each in with_versions(jobs)]
    assert versions == [{"en": "a", "ru": "a-ru"}, {"en": "a", "ru": "a-ru"}, {}, {}]


def test_same_language_twice_is_no_version() -> None:
    assert [each.versions for each in with_versions([job("a"), job("b")])] == [{}, {}]


def test_new_version_renders_the_others_again() -> None:
    alone = job("a", source=notebook_json(text("# A"), code("1")))
    (both, _) = with_versions([alone, job("a-ru", "ru", source=alone.source)])
    assert fingerprint(alone)["parameters"] != fingerprint(both)["parameters"]


def test_page_leads_to_its_other_languages() -> None:
    html = page("ru", VERSIONS)
    assert '<html lang="ru">' in html
    assert links(html) == [
        ("trend.html", "en", "en", "English"),
        ("trend-az.html", "az", "az", "Azərbaycanca"),
        ("trend-ru.html", "ru", "ru", "Русский"),
    ]
    assert re.findall(r'<a href="([^"]+)"[^>]* aria-current="page"', html) == ["trend-ru.html"]
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)"', html) == ["en", "az", "ru"]


def test_page_with_one_language_has_no_list_of_them() -> None:
    assert links(page("en", {})) == []
    assert "<nav" not in page("en", {})


def test_headings_and_title_are_in_the_language() -> None:
    html = page("az", {})
    assert "<h1>Dinamika</h1>" in html
    assert '<h2 id="mənbələr">Mənbələr</h2>' in html
    assert "<p>Words of mine.</p>" in html


def outcome(each: Job, failed: str = "") -> Outcome:
    failure = Failure(failed, "no luck", "run") if failed else None
    record = Record({}, "" if failed else "ab12", "2025-01-01 00:00 UTC", 1.0, {}, failure)
    return Outcome(State(each, "fresh", "", {}, record), "fresh", record)


def test_index_has_one_entry_for_all_languages(tmp_path: Path) -> None:
    jobs = with_versions([job("a"), job("a-az", "az"), job("a-ru", "ru"), job("b")])
    outcomes = [outcome(each, "2025-02-03" if each.language == "ru" else "") for each in jobs]
    reports = tuple(Report(each.name, each.title, tmp_path) for each in jobs)
    html = index_html(Manifest(tmp_path, reports), outcomes)
    assert re.findall(r'<h3><a href="([^"]+)"', html) == ["a.html", "b.html"]
    assert links(html) == [("a-az.html", "az", "az", "Azərbaycanca")]
    assert "Русский (no page yet; rendering failed on 2025-02-03)" in html
    assert "2 reports, 1 not up to date." in html


def test_shipped_trend_report_is_in_every_language() -> None:
    jobs = batch.make_jobs(load_manifest())
    assert [each.versions for each in jobs if each.name == "trend-ru"] == [VERSIONS]
    (english,) = (each for each in jobs if each.name == "trend")
    assert json.loads(json.dumps(dict(english.versions))) == VERSIONS
