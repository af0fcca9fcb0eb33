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
OF_A_METRIC = ["bulletin", "trend", "clearance-rate", "projection"]
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


def pages_of(metric: str, folder: Path) -> dict[str, str]:
    """Return the pages of each report of a metric."""
    northland.make(folder, harder=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEMINE_DATA_HOME", str(folder))
        assert check_dataset("northland").empty
        pages = {name: run(name, dataset="northland", metric=metric) for name in OF_A_METRIC}
    names.use({})
    return pages


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the pages of figures that contradict each other."""
    return pages_of("explosive_items", tmp_path_factory.mktemp("refused"))


@pytest.fixture(scope="module")
def without_whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the pages of two operators of whom no page prints the whole."""
    return pages_of("area_surveyed", tmp_path_factory.mktemp("operators"))


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


def test_an_operators_total_counts_from_its_own_first_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    northland.make(tmp_path)
    rows = tmp_path / "northland" / "statements.csv"
    own = "area_cleared,950,ha,exact,achieved,cumulative,2023-04-01,2024-12-31,NORDEM,all,all,,"
    rows.write_text(f"{rows.read_text('utf-8')}north-20250112.90,north-20250112,{own}\n", "utf-8")
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path))
    text = "\n".join(sentences(run("trend", dataset="northland", operator="NORDEM")))
    names.use({})
    assert "2020" not in text
    assert "1 April 2023" in text or "2023" in text
    assert "Northern Demining Group" in text


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


WHY = (
    "So many published figures of this selection contradict each other that no series is "
    "reconciled from them: they are shown as printed."
)
NO_ESTIMATE = "The published figures of this selection allow no such estimate."


@pytest.mark.parametrize("report", OF_A_METRIC)
def test_a_refused_reconciliation_is_one_sentence(refused: dict[str, str], report: str) -> None:
    said = sentences(refused[report])
    assert said.count(WHY) == 1
    text = "\n".join(said)
    for raw in ("cannot be true", "See what audit", "north-20250112.13' for", "Error"):
        assert raw not in text
    assert 'data-state="no series: the figures contradict each other"' in refused[report]


def test_a_refused_reconciliation_denies_no_published_figure(refused: dict[str, str]) -> None:
    text = "\n".join(each for page in refused.values() for each in sentences(page))
    assert "Nothing is published" not in text
    for what in ("week", "quarter", "running total", "whole year", "contamination"):
        assert not re.search(rf"No (total for a )?{what}", text), what
    assert "reconciled total" not in text
    assert "contradict none" not in text
    assert "No figure was set aside." not in text
    assert "In 2024, 77 items were published." in text
    assert NO_ESTIMATE in text


def test_a_refused_reconciliation_counts_through_its_own_last_day(refused: dict[str, str]) -> None:
    for page in refused.values():
        assert 'data-data-through="2025-03-09"' in page  # a plan runs to the end of 2025


def test_of_items_no_land_is_left(refused: dict[str, str]) -> None:
    text = "\n".join(sentences(refused["projection"]))
    assert "hectares left" not in text
    assert "clearance would end" not in text


def test_weeks_of_two_operators_are_no_pace(refused: dict[str, str]) -> None:
    """10 items a day of one and 130 of the other are no 71.5, nor 615% more than 10."""
    said = sentences(refused["clearance-rate"])
    assert said[0] == "Only figures of single operators are published here, which are not compared."
    assert not [each for each in said if "a year before" in each or "71.5" in each]
    assert {"91", "910", "70"} <= set(said)  # each stands in the list of notices, with its name
    assert "Fjord" in said


def test_operators_without_a_whole_are_summed_and_named(without_whole: dict[str, str]) -> None:
    for page in without_whole.values():
        said = sentences(page)
        assert "Surveyed area, Fjord, Northern Demining Group, all districts, all land uses" in said
        assert WHY not in said
        assert 'data-state=""' in page
    annual = re.search(r"2024\n([\d,]+)\n([\d,]+) to ([\d,]+)",
                       "\n".join(sentences(without_whole["trend"])))  # fmt: skip
    assert annual is not None
    low, high = (int(each.replace(",", "")) for each in annual.groups()[1:])
    assert low <= 7000 + 600 <= high
