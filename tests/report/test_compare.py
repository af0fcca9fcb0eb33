"""The report that puts countries side by side, on the shipped data."""

from __future__ import annotations

import re
from html import unescape

import pytest
from notebook_runs import run

import demine_analysis as da
from demine_analysis import published
from demine_analysis.errors import DatasetError, ParameterError


def text(page: str) -> str:
    plain = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", plain))


def test_every_figure_leads_to_its_page() -> None:
    page = unescape(run("compare"))
    rows = da.load_country_years("world")
    annual = published.country_annual(rows, since=2010)
    used = annual[annual["iso"].isin(published.chosen_countries(rows, "", since=2010))]
    assert len(used) > 20
    assert [url for url in used["url"] if f'href="{url}"' not in page] == []


@pytest.mark.parametrize(
    "choice",
    [{"countries": "Sri Lanka, KHM"}, {"since": 2030}, {"countries": "Ukraine"},
     {"countries": "Türkiye", "since": 1999}, {"countries": "LKA", "since": 2022}],
    ids=str,
)  # fmt: skip
def test_any_choice_gives_a_page(choice: dict[str, object]) -> None:
    page = run("compare", **choice)
    assert page.count("<figure") == page.count("</figure>")
    assert not {"nan", "inf", "nat"} & set(text(page).lower().split())


def test_figures_of_a_country_are_those_printed() -> None:
    said = text(run("compare", countries="Sri Lanka"))
    # 24.1 km² at the mean of 5.4256, 5.8756 and 6.121 km² of 2021 to 2023
    assert "4.1 (4.0 to 4.3)" in said
    assert "25,784" in said  # 59,304 mines on 2.3 km² in 2016


@pytest.mark.parametrize(
    ("code", "name"), [("az", "Kamboca"), ("ru", "Камбоджа"), ("uk", "Камбоджа")]
)
def test_languages_have_no_english(code: str, name: str) -> None:
    page = re.sub(r'<a [^>]*rel="external.*?</a>', "", run("compare", language=code))
    page = re.sub(r'<details class="demine-sources">.*?</details>', "", page, flags=re.DOTALL)
    said = text(page)
    assert name in said
    assert re.findall(r"\b(?:the|of|and|with|is|are|from|to|year|years|what)\b", said) == []


def test_other_datasets_and_unknown_countries_are_refused() -> None:
    with pytest.raises(DatasetError, match="not of the kind country_years"):
        run("compare", dataset="colombia")
    with pytest.raises(ParameterError, match="got 'Atlantis'"):
        run("compare", countries="Atlantis")
