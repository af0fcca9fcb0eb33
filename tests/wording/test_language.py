"""Catalogues are complete and agree with the code; what lacks a translation stays English."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import write_po
from notebook_runs import run

import demine_analysis as da
from demine_analysis.errors import ParameterError
from demine_analysis.report import findings, messages
from demine_analysis.wording import formats, language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog

CODES = sorted(set(language.LANGUAGES) - {"en"})
REPORTS = ["trend", "clearance-rate", "projection", "data-audit"]

#: What a page in another alphabet may have in Latin letters: names, and what a computer reads.
LATIN = re.compile(
    r"\b(?:ANAMA|CSV|ETS|Demine Analysis|demine-analysis|docs/method\.md|azerbaijan|I{1,3}|IV)\b"
    r"|\b[a-z0-9-]+\.\d\d\b"
)
#: Words of every English sentence that no Azerbaijani one has.
ENGLISH = re.compile(r"\b(?:the|of|and|with|is|are|from|to|by|in|a|week|year|figures?)\b")


@pytest.fixture(scope="module")
def template() -> Catalog:
    return messages.template()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder with a copy of the catalogues, which everything then reads."""
    for path in language.FOLDER.glob("*.po"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    language.catalogue.cache_clear()
    yield tmp_path
    language.catalogue.cache_clear()


@pytest.mark.parametrize("code", CODES)
def test_every_message_is_translated(code: str, template: Catalog) -> None:
    assert messages.problems(code, template) == []


def entries(path: Path) -> str:
    """Return a catalogue without its head, which names the version of Babel."""
    return path.read_text("utf-8").partition("\n\n")[2]


@pytest.mark.parametrize("code", CODES)
def test_collecting_again_changes_nothing(code: str, template: Catalog, folder: Path) -> None:
    before = entries(folder / f"{code}.po")
    messages.update(code, template)
    assert entries(folder / f"{code}.po") == before


@pytest.mark.parametrize(
    "message",
    [
        "Data through",  # an argument of translate
        "Scope",
        "{month} was the largest month.",  # of its short name
        "cleared area",  # the label of a code
        "weekly notice",  # marked, translated elsewhere
        "Aghdam",  # a district
        "decimal point moved",  # a reading of the audit
        "By year and by month",  # a heading of a notebook
        "Clearance rate",  # a title of the manifest
        "Two other publishers print 18,648 items beside the same 2,051 ha for the same day.",
    ],
)
def test_messages_are_collected_from_everywhere(message: str, template: Catalog) -> None:
    assert message in template


def test_what_is_wrong_with_a_catalogue_is_listed(template: Catalog, folder: Path) -> None:
    known = messages.read("ru")
    known["Scope"].string = ""
    known["Contents"].flags.add("fuzzy")
    known["{n} ha"].string = "га"
    known["up to {day}"].string = "до {date}"
    known.add("A text that is gone", "Исчезнувший текст")
    with (folder / "ru.po").open("wb") as file:
        write_po(file, known)
    assert set(messages.problems("ru", template)) == {
        "missing: Scope",
        "missing: Contents",
        "lost placeholders: {n} ha",
        "other placeholders: up to {day}",
        "stale: A text that is gone",
    }


def test_missing_translation_falls_back_to_english(folder: Path) -> None:
    known = messages.read("ru")
    known["week of the year"].string = ""
    known["rolling mean"].flags.add("fuzzy")
    with (folder / "ru.po").open("wb") as file:
        write_po(file, known)
    language.use("ru")
    assert language.translate("week of the year") == "week of the year"
    assert language.translate("rolling mean") == "rolling mean"
    assert language.translate("published") == "опубликовано"


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "Использована 1 страница"), (3, "Использованы 3 страницы"), (5, "Использовано 5 страниц"),
     (11, "Использовано 11 страниц"), (21, "Использована 21 страница"),
     (112, "Использовано 112 страниц"), (463, "Использованы 463 страницы")],
)  # fmt: skip
def test_russian_counts_take_their_form(count: int, said: str) -> None:
    language.use("ru")
    words = language.translate_count("{n} page was used", "{n} pages were used", count)
    assert words.format(n=count) == said


def test_english_counts_take_their_form() -> None:
    forms = [language.translate_count("page", "pages", count) for count in (0, 1, 2, 1.5)]
    assert forms == ["pages", "page", "pages", "pages"]


# bir-inci, iki-nci, üç-üncü, dörd-üncü, altı-ncı, doqquz-uncu, on-uncu, iyirmi-nci, otuz-uncu ...
@pytest.mark.parametrize(
    "ordinal",
    ["1-ci", "2-ci", "3-cü", "4-cü", "5-ci", "6-cı", "7-ci", "8-ci", "9-cu", "10-cu", "20-ci",
     "30-cu", "40-cı", "50-ci", "60-cı", "2000-ci", "2010-cu", "2023-cü", "2026-cı", "2029-cu"],
)  # fmt: skip
def test_azerbaijani_ordinals_end_in_harmony(ordinal: str) -> None:
    digits, _, _ = ordinal.partition("-")
    assert f"{formats.Numeral(digits):ordinal}" == ordinal
    assert f"{formats.Numeral(digits)}" == digits


def test_headings_and_paragraphs_are_messages() -> None:
    assert language.blocks("# Trend\n\nTwo\nlines.\n\n\n## In brief") == [
        "Trend",
        "Two lines.",
        "In brief",
    ]


def test_markdown_is_translated_part_by_part() -> None:
    source = "## Sources\n\n- a list\n- of mine\n\n# Trend"
    said = language.translate_markdown(source, language="ru")
    assert said == "## Источники\n\n- a list\n- of mine\n\n# Динамика"
    assert language.translate_markdown(source, language="en") == source


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", ("1,234.5", "+7%", "–", "August 2025", "2025 Q3")),
     ("az", ("1.234,5", "+7%", "–", "avqust 2025", "2025, III rüb")),
     ("ru", ("1\xa0234,5", "+7\xa0%", "–", "август 2025", "III кв. 2025")),
     ("uk", ("1\xa0234,5", "+7%", "–", "серпень 2025", "III кв. 2025"))],
)  # fmt: skip
def test_numbers_and_months_are_the_languages(code: str, expected: tuple[str, ...]) -> None:
    import pandas as pd  # noqa: PLC0415 - one test needs it

    day = pd.Timestamp("2025-08-24")
    language.use(code)
    shown = (
        formats.printed(1234.5),
        formats.percent(0.07, signed=True),
        formats.number(float("nan")),
        formats.month(day),
        formats.quarter(day),
    )
    assert shown == expected


WITHOUT_BABEL = """
import sys
if sys.argv[1] == "without":
    sys.modules["babel"] = None
import datetime as dt, json
from demine_analysis.wording import formats, language
from demine_analysis.errors import ParameterError
day = dt.date(2025, 8, 4)
numbers = [0.0, 0.0692, 1.5, 5.213, 62023.9, 1e7, -3.25, 4839.2618]
shown = [[formats.number(x), formats.number(x, step=1), formats.number(x, step=0.1),
          formats.printed(x), formats.percent(x / 10), formats.percent(x / 10, signed=True)]
         for x in numbers]
shown.append([formats.date(day), formats.month(day), formats.short_month(day)])
try:
    language.use("az")
    said = ""
except ParameterError as error:
    said = str(error)
print(json.dumps([shown, said]))
"""


def test_english_needs_no_babel_and_others_say_so() -> None:
    (with_it, nothing), (without, said) = (
        json.loads(subprocess.check_output([sys.executable, "-c", WITHOUT_BABEL, which]))
        for which in ("with", "without")
    )
    assert without == with_it
    assert nothing == ""
    assert said == (
        "language 'az' needs Babel, and only English goes without; "
        "install it with: pip install 'demine-analysis[reports]'"
    )


class Foreign:
    """A catalogue that puts every message into letters of another alphabet."""

    def gettext(self, message: str) -> str:
        return re.sub(r"[A-Za-z](?![^{]*\})", "ж", message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


@pytest.mark.parametrize("name", ["trend", "clearance-rate", "projection", "explore"])
def test_no_text_of_a_page_passes_by_the_catalogue(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left in Latin letters is names; numbers and dates are written in Russian."""
    monkeypatch.setattr(language, "catalogue", lambda _code: Foreign())
    page = run(name, language="ru", as_of="2022-06-30")
    assert untranslated(page) == []


def test_texts_that_pass_by_are_noticed() -> None:
    page = "<p>жж <b>left out</b> ANAMA</p><svg aria-label='not' aria-label=\"this\"></svg>"
    assert untranslated(page) == ["left", "out", "this"]
    assert Foreign().gettext("By {day}: all") == "жж {day}: жжж"


@pytest.mark.slow
@pytest.mark.parametrize("name", REPORTS)
def test_russian_page_has_no_english(name: str, tmp_path: Path) -> None:
    page = da.render(name, {"language": "ru"}, tmp_path / "page.html").read_text("utf-8")
    assert '<html lang="ru">' in page
    assert untranslated(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", REPORTS)
def test_azerbaijani_page_has_no_english(name: str, tmp_path: Path) -> None:
    page = da.render(name, {"language": "az"}, tmp_path / "page.html").read_text("utf-8")
    assert '<html lang="az">' in page
    assert [text for text in texts(page) if ENGLISH.search(LATIN.sub("", text))] == []


def untranslated(page: str) -> list[str]:
    """Return the words in Latin letters that are no names."""
    names = sorted(set(da.load_sources("azerbaijan")["publisher"]), key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, names)))
    return [
        word
        for text in texts(page)
        for word in re.findall(r"[A-Za-z]{2,}", known.sub("", LATIN.sub("", text)))
    ]


def texts(page: str) -> list[str]:
    """Return what a page says to people; lists of sources and links to pages are names."""
    page = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r'<details class="demine-sources">.*?</details>', "", page, flags=re.DOTALL)
    page = re.sub(r'<a [^>]*rel="external.*?</a>', "", page, flags=re.DOTALL)
    spoken = re.findall(r'\b(?:aria-label|alt|title)="([^"]*)"', page)
    return [unescape(text) for text in [*re.findall(r">([^<]+)<", page), *spoken] if text.strip()]


def test_first_letter_of_a_sentence_is_the_languages() -> None:
    language.use("az")
    assert findings.common.sentence_case("ilin yekunu") == "İlin yekunu"
    language.use("en")
    assert findings.common.sentence_case("items") == "Items"


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ParameterError, match="language must be one of en, az, ru, uk"):
        language.use("xx")
