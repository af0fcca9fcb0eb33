"""Words that mean a thing on one page and not on another: trades, months for weeks, marks."""

from __future__ import annotations

import pytest

import demine_analysis as da
from demine_analysis.datasets.programme import programme_file, read_programme
from demine_analysis.notices.reading.language import language
from demine_analysis.notices.reading.names import names_in
from demine_analysis.notices.reading.words.numbers import find_numbers, without_ranges
from demine_analysis.notices.verdicts import with_verdicts
from demine_analysis.resources import data_folder

WEEK = "Over the past week pyrotechnicians destroyed 1,240 explosive devices"


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        (f"{WEEK}.", "SESU"),
        (f"{WEEK}, the State Emergency Service said.", "SESU"),
        (f"{WEEK}, the regional military administration said.", "unstated"),
        (f"{WEEK}, the press service of the National Police said.", "unstated"),
    ],
)
def test_a_trade_is_an_operators_where_nobody_else_is_named(text: str, operator: str) -> None:
    notice = da.read_notice(f"Demining\n{text}", "ukraine", published="2024-05-13")
    assert notice.drafts["operator"].tolist() == [operator]


def test_a_week_of_which_only_the_month_is_told_is_held_against_the_data() -> None:
    text = "Masam\nDuring the third week of July 2020, Masam removed 61 anti-tank mines."
    notice = da.read_notice(text, "yemen", published="2020-07-28")
    row = notice.drafts.iloc[0]
    assert (row["period"], row["period_start"], row["period_end"]) == ("week", "2020-07", "2020-07")
    judged = with_verdicts(notice).iloc[0]
    # The dataset has another week of that month, printed in the same way.
    assert "prints 266" in judged["verdict"]


def test_a_comma_for_a_point_leaves_the_other_numbers_alone() -> None:
    numbers = find_numbers("940,85 hectares, 458,262 items and 110,445 items", language("en"))
    assert [each.value for each in numbers] == [940.85, 458262, 110445]


def test_a_range_is_no_count() -> None:
    text = "2 to 6 thousand a day, 48 thousand in all"
    kept = without_ranges(text, find_numbers(text, language("en")))
    assert [each.value for each in kept] == [48000]


def test_a_title_alone_is_not_sure() -> None:
    notice = da.read_notice(
        "In March 2025 sappers cleared 1,250 hectares\nThe work goes on in spring.",
        published="2025-04-02",
    )
    assert (notice.drafts["confidence"] < 0.9).all()


def test_of_two_words_for_the_work_neither_is_sure() -> None:
    text = "Land\nIn March 2025 1,250 hectares of inspected fields were returned to use."
    notice = da.read_notice(text, published="2025-04-02")
    row = notice.drafts.iloc[0]
    assert row["metric"] == "area_returned"
    assert row["confidence"] < 0.9


@pytest.mark.parametrize(
    ("text", "dataset"),
    [
        ("ANAMA cleared 30 hectares in Fuzuli and Aghdam.", "azerbaijan"),
        ("Сапери ДСНС обстежили 30 гектарів на Харківщині.", "ukraine"),
        ("Project Masam removed 300 mines in Yemen.", "yemen"),
    ],
)
def test_a_page_names_most_of_its_own_programme(text: str, dataset: str) -> None:
    programmes = {
        name: read_programme(programme_file(data_folder() / name))[0]
        for name in ("azerbaijan", "ukraine", "yemen")
    }
    named = {name: names_in(text, each) for name, each in programmes.items()}
    assert max(named, key=lambda name: named[name]) == dataset
    assert names_in("So far 300 hectares have been cleared.", programmes[dataset]) == 0
