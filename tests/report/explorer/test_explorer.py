"""The explore page: controls change it, and without a notebook it is a page all the same."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest

from demine_analysis.datasets import load_sources
from demine_analysis.report.explorer import Explorer
from demine_analysis.report.series import Series
from demine_analysis.scope import Scope


@pytest.fixture
def explorer(monkeypatch: pytest.MonkeyPatch) -> Explorer:
    """Return an explorer that leaves the model out, which has tests of its own."""
    monkeypatch.setattr("demine_analysis.report.explorer.selection.series", without_model)
    return Explorer("azerbaijan", Scope(start="2024-01-01"))


def without_model(_evidence: pd.DataFrame, scope: Scope) -> Series:
    return Series(scope, None, "Left out.")


def test_page_has_the_reconciled_series() -> None:
    page = Explorer("azerbaijan", Scope(start="2024-01-01")).html()
    assert page.count("<figure") == 2
    assert "hectares were cleared" in page


def test_page_has_statements_and_downloads(explorer: Explorer) -> None:
    page = explorer.html()
    assert page.count("<figure") == 2
    assert 'download="selection.csv"' in page
    assert 'download="selection.png" href="data:image/png;base64,' in page
    assert 'href="https://' in page


def test_statements_of_a_chart_lead_to_their_pages(explorer: Explorer) -> None:
    page = explorer.html()
    assert "#source-" not in page
    sources = load_sources("azerbaijan")
    pages = dict(zip(sources["source_id"], sources["url"], strict=True))
    links = re.findall(r'<td><a href="([^"]*)"[^>]*>([^<]*)\.\d+</a></td>', page)
    assert links
    assert all(unescape(url) == pages[name] for url, name in links)


def test_a_bad_day_is_one_sentence_not_a_traceback(explorer: Explorer) -> None:
    page = explorer.select(start="yesterday")
    assert re.fullmatch(r'<p class="demine-missing">.*yesterday.*</p>', page)


@pytest.mark.parametrize(
    ("given", "said"),
    [({"start": "01.02.2024"}, "start must be a date, written YYYY-MM-DD"),
     ({"start": "1/2/24"}, "start must be a date"),
     ({"end": "2024"}, "end must be a date"),
     ({"end": "2023-01-01"}, "start must not be after end"),
     ({"district": "Atlantis"}, "district must be one of"),
     ({"operator": "ANAMMA"}, "did you mean ANAMA?"),
     ({"metric": "area"}, "unknown metric; one of area_cleared")],
)  # fmt: skip
def test_what_is_no_selection_is_one_sentence(
    explorer: Explorer, given: dict[str, str], said: str
) -> None:
    before = explorer.scope
    page = explorer.select(**given)
    assert re.fullmatch(r'<p class="demine-missing">[^\n]*</p>', page)
    assert said in page
    assert explorer.scope == before


def test_known_spellings_become_the_datas(explorer: Explorer) -> None:
    explorer.select(district="Agdam", operator="anama")
    assert (explorer.scope.district, explorer.scope.operator) == ("Aghdam", "ANAMA")
    assert Explorer("azerbaijan", Scope(district="Агдам")).scope.district == "Aghdam"


def test_choices_are_those_of_the_data(explorer: Explorer) -> None:
    districts = [code for _, code in explorer.choices("district")]
    assert districts[0] == "all"
    assert "Aghdam" in districts
    assert ("State Border Service", "SBS") in explorer.choices("operator")


def test_page_stands_without_widgets(explorer: Explorer) -> None:
    shown = explorer._repr_mimebundle_()
    assert '<p class="demine-lead">' in shown["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in shown
