"""Reports of a programme that nobody thought of say nothing that is not true of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import northland
import pytest
from notebook_runs import run

import demine_analysis as da
from demine_analysis import cli as main
from demine_analysis import resources
from demine_analysis.datasets.check import check_dataset
from demine_analysis.wording import names

REPORTS = ["bulletin", "trend", "clearance-rate", "projection", "data-audit"]
SHIPPED = ["azerbaijan", "ukraine", "yemen"]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[str]]]:
    """Return the sentences of each report."""
    home = tmp_path_factory.mktemp("home")
    northland.make(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEMINE_DATA_HOME", str(home))
        assert check_dataset("northland").empty
        yield {name: sentences(run(name, dataset="northland")) for name in REPORTS}
    names.use({})


def sentences(page: str) -> list[str]:
    """Return every piece of text of a page, that of figures and of descriptions, too."""
    page = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    spoken = re.findall(r'\b(?:aria-label|alt|title)="([^"]*)"', page)
    texts = [unescape(each).strip() for each in [*re.split(r"<[^>]*>", page), *spoken]]
    return [" ".join(each.split()) for each in texts if each]


def everything(said: dict[str, list[str]]) -> str:
    return "\n".join(text for texts in said.values() for text in texts)


def test_no_name_is_of_another_programme(said: dict[str, list[str]]) -> None:
    text = everything(said)
    for dataset in SHIPPED:
        home = resources.data_folder()
        statements = da.load_statements(dataset, data_home=home)
        places = {each for row in statements["district"].unique() for each in row.split(";")}
        strangers = {*statements["operator"], *places, dataset.title()}
        for name in strangers - {"all", "unstated", "other", "companies", "operators"}:
            assert not re.search(rf"\b{re.escape(name)}\b", text), name


def test_years_are_of_the_programme(said: dict[str, list[str]]) -> None:
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", everything(said))}
    # From its first year to thirty years after its last; axes of figures reach one year further.
    assert min(years) >= 2022
    assert max(years) <= 2056


def test_operators_go_by_their_names(said: dict[str, list[str]]) -> None:
    text = "\n".join(said["clearance-rate"])
    assert "Northern Demining Group has the largest part of 2023: 800 ha, 67% of all parts" in text
    assert "NORDEM" not in text


def test_districts_are_shown_and_no_map_is_missed(said: dict[str, list[str]]) -> None:
    text = "\n".join(said["trend"])
    assert "Північний has the largest part of 2023: 700 ha, 58% of all parts published." in text
    assert "No area of a district" not in text
    assert "tile" not in text


def test_one_estimate_and_one_plan_are_no_several(said: dict[str, list[str]]) -> None:
    text = "\n".join(said["projection"])
    assert "disagree" not in text
    assert "The only plan is open." in text
    assert "hectares in all by 31 December 2030" in text


def test_figures_agree_with_what_was_printed(said: dict[str, list[str]]) -> None:
    text = "\n".join(said["trend"])
    total = re.search(r"hectares in all by .*\n[\d,]+\nvery likely ([\d,]+) to ([\d,]+)", text)
    assert total is not None
    low, high = (int(each.replace(",", "")) for each in total.groups())
    assert low <= 2980 <= high
    assert "The series is fitted to 5 of 7 published figures of this scope." in text
    assert "None of them contradicts the rest." in text
    assert "No figure is suspect" in "\n".join(said["data-audit"])


def test_bulletin_is_of_its_own_notice(said: dict[str, list[str]]) -> None:
    text = "\n".join(said["bulletin"])
    assert "The newest notice counts 31.5 hectares for 3 – 9 March 2025" in text
    assert "31 December 2025: end of a plan of 1,800 hectares since 1 January 2025." in text


def test_commands_mean_the_only_dataset_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    northland.make(tmp_path / "home")
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path / "home"))
    assert main.run(["render", "about", "-o", str(tmp_path / "about.html")]) == 0
    assert main.run(["render", "trend", "-o", str(tmp_path / "page.html")]) == 0
    assert 'data-dataset="northland"' in (tmp_path / "page.html").read_text("utf-8")
    assert main.run(["backtest"]) == 0
    assert "ETS" in capsys.readouterr().out


def test_what_is_not_published_is_said_to_be_missing(said: dict[str, list[str]]) -> None:
    missing = {text for text in said["trend"] if text.startswith("No ")}
    assert missing >= {
        "No count of explosive ordnance for a whole year is published for this selection.",
        "No number of mine victims is published for this selection.",
    }
    published = ("running total", "total for a month", "whole year is reconciled", "figure of")
    assert not [text for text in missing if any(word in text for word in published)]
