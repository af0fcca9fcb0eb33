"""Years left: computed by hand, and withheld wherever a figure cannot bear them."""

from __future__ import annotations

import math
from collections import Counter
from itertools import product

import numpy as np
import pandas as pd
import pytest
from country_rows import cleared, frame, row

from demine_analysis import published
from demine_analysis.published.remaining import REASONS, years_left

YEARS = {2021: 100.0, 2022: 200.0, 2023: 300.0}
LEFT = row("AAA", 2023, remaining=1200.0)


def pace(*rows: dict[str, object], now: int = 2024) -> pd.Series:
    """Return the one country's pace."""
    every = frame(*rows)
    annual = published.country_annual(every, since=2010)
    remaining = published.country_remaining(every, since=2010)
    return published.country_pace(annual, remaining, now=now).iloc[0]


def test_years_left_and_spread_as_by_hand() -> None:
    found = pace(*cleared("AAA", YEARS), LEFT)
    # 12 km² at 2 km² a year. Of 27 sums of three draws of 1, 2, 3 the third smallest is 4 and
    # the third largest is 8: 12 over 4/3 and over 8/3.
    assert [found[name] for name in ("pace", "years_left", "lower_80", "upper_80")] == [
        2.0, pytest.approx(6.0), pytest.approx(4.5), pytest.approx(9.0),
    ]  # fmt: skip
    assert (found["basis"], found["years"], found["reasons"]) == ("cleared", "2021, 2022, 2023", "")


@pytest.mark.parametrize("values", [[1.0, 4.0, 9.0], [2.0, 2.0, 5.0, 7.0], [0.5, 1, 2, 4, 8]])
def test_interval_holds_at_least_four_fifths_of_the_samples(values: list[float]) -> None:
    _, lower, upper = years_left(np.array(values), 10.0)
    samples = Counter(
        bool(lower * (1 - 1e-9) <= 10.0 / np.mean(each) <= upper * (1 + 1e-9))
        for each in product(values, repeat=len(values))
    )
    assert samples[True] / samples.total() >= 0.8


def test_steady_years_have_no_spread() -> None:
    assert years_left(np.array([2.0, 2.0, 2.0]), 8.0) == (4.0, 4.0, 4.0)


def test_a_sample_without_work_leaves_no_upper_end() -> None:
    assert years_left(np.array([0.0, 0.0, 3.0]), 8.0)[2] == math.inf


def test_pace_is_of_land_released_where_three_years_say_so() -> None:
    rows = cleared("AAA", YEARS, area_cancelled=100.0)
    assert (pace(*rows, LEFT)["basis"], pace(*rows, LEFT)["pace"]) == ("released", 3.0)
    rows[0] = row("AAA", 2021, area_cleared=100.0)
    assert (pace(*rows, LEFT)["basis"], pace(*rows, LEFT)["pace"]) == ("cleared", 2.0)
    early = cleared("AAA", dict.fromkeys((2015, 2016, 2017), 1.0), area_cancelled=100.0)
    assert pace(*early, *cleared("AAA", YEARS), LEFT)["basis"] == "cleared"


def test_last_five_years_or_the_last_three_of_ten() -> None:
    old = cleared("AAA", {2014: 900.0, 2018: 900.0})
    assert pace(*old, *cleared("AAA", YEARS), LEFT)["years"] == "2021, 2022, 2023"
    assert pace(*old, *cleared("AAA", {2023: 300.0}), LEFT)["years"] == "2014, 2018, 2023"
    older = cleared("AAA", {2013: 900.0, 2018: 900.0, 2023: 300.0})
    assert pace(*older, LEFT)["reasons"] == "few_years"
    five = cleared("AAA", dict.fromkeys(range(2018, 2024), 100.0))
    assert pace(*five, LEFT)["years"] == "2019, 2020, 2021, 2022, 2023"


OLD = dict.fromkeys((2014, 2015, 2016), 100.0)
CASES = {
    "few_years": [*cleared("AAA", {2022: 1.0, 2023: 1.0}), LEFT],
    "no_work": [*cleared("AAA", dict.fromkeys(YEARS, 0.0)), LEFT],
    "old_pace": [*cleared("AAA", OLD), LEFT],
    "no_remaining": cleared("AAA", YEARS),
    "old_remaining": [*cleared("AAA", YEARS), row("AAA", 2018, remaining=1200.0)],
    "contradiction": [*cleared("AAA", YEARS), LEFT, row("AAA", 2021, remaining=2400.0)],
    "other_ordnance": [*cleared("AAA", YEARS), LEFT | {"note": "remaining mine+ERW"}],
}


@pytest.mark.parametrize("reason", REASONS)
def test_years_left_are_withheld_with_the_reason(reason: str) -> None:
    found = pace(*CASES[reason])
    assert found["reasons"] == reason
    assert found[["years_left", "lower_80", "upper_80"]].isna().all()


def test_five_years_are_not_yet_old() -> None:
    rows = [*cleared("AAA", YEARS), LEFT]
    # The pace counts 2021 to 2023, what remains is of 2023.
    assert pace(*rows, now=2026)["reasons"] == ""
    assert pace(*rows, now=2027)["reasons"] == "old_pace"
    assert pace(*rows, now=2029)["reasons"] == "old_pace;old_remaining"


def test_drawn_are_paces_against_what_is_known_to_remain() -> None:
    rest = pd.DataFrame(
        {"iso": list("ABCDEF"), "pace": [1.0, 1.0, 1.0, 0.0, 1.0, 1.0],
         "remaining": [2.0, 2.0, 2.0, 2.0, 0.0, math.nan],
         "reasons": ["", "old_pace;old_remaining", "old_pace", "no_work", "", "contradiction"]}
    )  # fmt: skip
    assert published.pace_drawn(rest)["iso"].tolist() == ["A", "C"]
    assert published.pace_drawn(rest.head(0)).empty


@pytest.mark.parametrize(
    ("year", "area", "contradicts"),
    [(2021, 2400.0, True), (2021, 2399.0, False), (2021, 600.0, True), (2021, 601.0, False),
     (2020, 9000.0, False), (2023, 2400.0, True)],
)  # fmt: skip
def test_near_figures_contradict_from_twice_on(year: int, area: float, contradicts: bool) -> None:
    early = row("AAA", year, remaining=area, published=pd.Timestamp("2022"))
    found = published.country_remaining(frame(LEFT, early), since=2010).iloc[0]
    assert found["remaining"] == 12.0
    assert found["other"] == pytest.approx(area / 100 if contradicts else math.nan, nan_ok=True)


def test_confirmed_area_stands_where_no_whole_is_printed() -> None:
    rows = frame(row("AAA", 2020, remaining=900.0), row("AAA", 2022, remaining_confirmed=100.0))
    found = published.country_remaining(rows, since=2010).iloc[0]
    assert (found["remaining"], found["limits"]) == (1.0, "remaining_confirmed")
    assert pd.isna(found["other"])


def test_parts_of_a_country_have_no_say() -> None:
    rows = frame(row("AAA", 2022, remaining=1.0, region="North"), row("AAA", 2019, remaining=5.0))
    assert published.country_remaining(rows, since=2010)["year"].tolist() == [2019]
