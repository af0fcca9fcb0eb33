"""Sentences say what the numbers say, at the edges too."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import interval, statements, totals, weeks, years

from demine_analysis import published
from demine_analysis.report import findings
from demine_analysis.scope import Scope


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [(0.001, 1.0, "up"), (-1.0, -0.001, "down"), (0.0, 1.0, "unclear"), (-1.0, 0.0, "unclear"),
     (-1.0, 1.0, "unclear"), (float("nan"), float("nan"), "unclear")],
)  # fmt: skip
def test_direction_at_its_edges(lower: float, upper: float, expected: str) -> None:
    assert findings.direction(lower, upper) == expected


def annual(last_day: str) -> pd.DataFrame:
    ends = pd.to_datetime(["2022-12-31", "2023-12-31", last_day])
    return interval(years(2022, 3), centre=40000, spread=0.02).assign(through=ends)


def test_last_year_is_one_counted_to_its_end() -> None:
    assert findings.last_year(annual("2024-12-31")) == 2024
    assert findings.last_year(annual("2024-12-30")) == 2023
    assert findings.last_year(annual("2024-12-31").head(0)) == 0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([100.0, 150.0], "In 2022, 150 hectares were published, 50% more than 2021."),
        ([200.0, 150.0], "In 2022, 150 hectares were published, 25% less than 2021."),
        ([100.0, 100.5], "In 2022, 100.5 hectares were published, about as many as 2021."),
        ([0.0, 100.0], "In 2022, 100 hectares were published."),
        ([100.0], "In 2021, 100 hectares were published."),
        ([], "No total for a whole year is published for this selection."),
    ],
)
def test_published_change_says_rise_fall_or_neither(values: list[float], expected: str) -> None:
    assert findings.annual_change(totals(values), "area_cleared") == expected


def test_one_operators_year_is_not_compared_with_the_countrys() -> None:
    frame = totals([386.0, 41915.0]).assign(operator=["SBS", "all"])
    assert (
        findings.annual_change(frame, "area_cleared") == "In 2022, 41,915 hectares were published."
    )
    alone = findings.annual_change(frame.head(1), "area_cleared")
    assert alone.startswith("Only figures of single operators are published")


def test_a_published_year_far_from_the_series_is_named() -> None:
    # The series has 40,000, 60,000 and 80,000 from 2022 on, and is sure to some per cent.
    series = annual("2024-12-31")
    far = totals([1.0, 41_000.0, 130_000.0, 3_800.0])
    said = findings.see("annual", estimated=series, printed=far)
    assert "What is printed for 2023, 2024 lies far from that" in said
    for fits in (far.head(2), far.assign(operator="SBS"), far.head(0)):
        plain = findings.see("annual", estimated=series, printed=fits)
        assert plain == findings.see("annual", estimated=series)


def test_running_total_counts_what_was_set_aside() -> None:
    frame = pd.DataFrame({"value": [5.0, 99.0], "set_aside": [False, True]}, index=years(count=2))
    frame["printed_start"] = pd.Timestamp("1996-03-01")
    said = findings.running_total(frame, "area_cleared")
    assert said.startswith("5 hectares since 1 March 1996, as published for 1 January 2021; 1 ")
    assert findings.running_total(frame.tail(1), "area_cleared").startswith("No running total")


def test_pace_compares_with_the_same_weeks_a_year_before() -> None:
    rates = pd.DataFrame({"value": [10.0] * 53 + [20.0] * 12}, index=weeks(65))
    said = findings.pace(rates)
    assert said.startswith("20 a day in the 12 weeks")
    assert "100% more than a year before" in said
    assert findings.pace(rates.head(0)).startswith("No week")
    by_operator = findings.pace(rates.head(0), rates)
    assert by_operator.startswith("Only figures of single operators are published")


def test_weeks_of_one_operator_are_no_pace_of_all() -> None:
    week = {"period": "week", "unit": "ha"}
    rows = statements(
        {**week, "period_start": "2025-02-24", "period_end": "2025-03-02", "operator": "A"},
        {**week, "period_start": "2025-03-03", "period_end": "2025-03-09", "operator": "B"},
    )
    printed = published.daily_rate(rows)
    assert published.of_all_operators(printed, Scope()).empty
    own = Scope(operator="A")
    assert len(published.of_all_operators(published.daily_rate(rows, own), own)) == 1
    said = findings.largest_month(printed.head(0), printed)
    assert said.startswith("Only figures of single operators are published")


def test_a_reason_is_one_sentence_for_readers() -> None:
    assert findings.reason("") == ""
    said = findings.reason("3 of 5 cannot be true beside 'page.01'", contradicted=True)
    assert "contradict each other" in said
    assert "page.01" not in said + findings.reason("no figure names operator 'X'")


def test_straight_line_names_first_and_last_year() -> None:
    line = pd.DataFrame({"completion": pd.to_datetime(["2036-11-23", "2043-03-28"]), "rate": 148.2})
    assert "between 2036 and 2043" in findings.straight_line(line)
    assert "would end in 2036" in findings.straight_line(line.head(1))
    assert findings.straight_line(line.head(0)) == findings.no_estimate()


def test_scope_is_told_in_words() -> None:
    scope = Scope(metric="anti_personnel_mines", district="Aghdam", start="2022-01-01")
    assert findings.scope(scope) == (
        "Anti-personnel mines, all institutions, Aghdam, all land uses, from 1 January 2022"
    )


def test_description_has_the_range_and_the_last_value() -> None:
    frame = pd.DataFrame({"value": [3.0, 9.0, np.nan, 6.0]}, index=years(count=4))
    assert findings.extent(frame, "value", "ha") == (
        "3 values from January 2021 to January 2024, between 3 and 9 ha; the last is 6."
    )
    assert findings.extent(frame.head(0), "value", "ha") == ""


@pytest.mark.parametrize("name", ["trend", "clearance-rate", "projection", "explore"])
def test_every_report_has_a_title(name: str) -> None:
    assert findings.report_title(name, Scope()).endswith("all land uses")


def test_every_sentence_copes_with_nothing() -> None:
    nothing = totals([]).assign(kind="", district="", set_aside=False, killed=0.0, total=0.0)
    for say in (findings.ordnance, findings.items_per_hectare, findings.on_map, findings.victims):
        assert say(nothing).startswith("No ")
    assert findings.largest_month(nothing).startswith("No ")
    assert findings.largest_part(nothing, "district", {}).startswith("No ")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(1.4, 2.2, "to 1.8 times what it was before."),
     (0.4, 0.8, "to 0.6 times what it was before."),
     (0.9, 1.7, "in no clear direction.")],
)  # fmt: skip
def test_change_of_pace_has_a_direction_only_without_one_in_its_interval(
    low: float, high: float, words: str
) -> None:
    day = pd.Timestamp("2023-10-02")
    frame = pd.DataFrame(
        {"lower_80": day, "upper_80": day, "ratio": (low + high) / 2, "ratio_lower_80": low,
         "ratio_upper_80": high},
        index=pd.DatetimeIndex([day]),
    )  # fmt: skip
    pace = interval(weeks())
    said = findings.changes(frame, pace).replace("0 times", " times")
    assert said == f"The pace changed for good in October 2023, {words}"
    assert findings.changes(frame.head(0), pace) == "No lasting change of the pace is found."
    # Without a series nobody can have looked for one.
    assert findings.changes(frame.head(0), pace.head(0)) == findings.no_estimate()


@pytest.mark.parametrize(
    ("values", "said"),
    [([9, 5, 6, 7], "Each year since 2023 brought more than the one before."),
     ([9, 7, 6, 5], "Each year since 2023 brought less than the one before."),
     ([9, 5, 7, 6], "2023 brought the most of all whole years."),
     ([9, 5, 6], "2023 brought the most of all whole years."),
     ([9], "There is no second whole year to compare.")],
)  # fmt: skip
def test_row_of_years_leaves_out_the_first_and_a_begun_one(values: list[int], said: str) -> None:
    index = years(2021, len(values))
    ends = [pd.Timestamp(day.year, 12, 31) for day in index]
    middle = np.array(values, dtype=float)
    frame = pd.DataFrame(
        {"median": middle, "lower_80": middle - 0.5, "upper_80": middle + 0.5, "through": ends},
        index=index,
    )
    assert findings.years_in_a_row(frame) == said
    begun = frame.iloc[:1].assign(median=99.0, through=pd.Timestamp("2031-03-01"))
    begun = begun.set_axis(years(2031, 1))
    assert findings.years_in_a_row(pd.concat([frame, begun])) == said


def test_years_that_may_be_alike_are_no_row() -> None:
    index = years(2021, 4)
    middle = np.array([9.0, 7.0, 6.0, 5.0])
    frame = pd.DataFrame(
        {"median": middle, "lower_80": middle - 2, "upper_80": middle + 2, "through": index},
        index=index,
    )
    frame["through"] += pd.offsets.YearEnd()
    assert findings.years_in_a_row(frame) == "2022 brought the most of all whole years."


def test_victims_of_a_quarter_are_whole_people() -> None:
    index = pd.DatetimeIndex(["2021-01-01", "2021-04-01"], name="period_start")
    frame = interval(index, centre=30).assign(kind="total", through=pd.Timestamp("2021-05-08"))
    assert findings.quarterly_victims(frame) == (
        "Most people were harmed in 2021 Q2: 60 (51 – 70); "
        "in 2021 Q2, up to 8 May 2021: 60 (51 – 70)."
    )
    assert findings.quarterly_victims(frame.head(0)).startswith("No number of mine victims")
