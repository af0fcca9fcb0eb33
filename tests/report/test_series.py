"""The series of a report agrees with the reconciliation it is cut from."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from frames import statements as made_up

import demine_analysis as da
from demine_analysis import published
from demine_analysis.report import series
from demine_analysis.scope import Scope


@pytest.fixture(scope="module")
def statements() -> pd.DataFrame:
    return da.load_statements("azerbaijan")


@pytest.fixture(scope="module")
def whole(statements: pd.DataFrame) -> series.Series:
    # As of a day within a year, so that the year is not over whatever is added to the data.
    return series.series(statements, Scope(as_of="2025-08-31"))


def test_annual_totals_are_the_reconciliations(whole: series.Series) -> None:
    assert whole.reconciliation is not None
    year = whole.annual().loc["2023-01-01":"2023-12-31"]
    total = whole.reconciliation.total("2023-01-01", "2023-12-31")
    assert year["median"].tolist() == [total["median"]]
    assert year["through"].tolist() == [pd.Timestamp("2023-12-31")]


def test_last_year_counts_up_to_the_last_day(whole: series.Series) -> None:
    assert whole.annual()["through"].iloc[-1] == pd.Timestamp("2025-08-24")


def test_quarters_are_whole_and_in_units_a_day(whole: series.Series) -> None:
    quarters = whole.quarters()
    assert quarters.index.max() == pd.Timestamp("2025-04-01")
    four = quarters.loc["2024-01-01":"2024-12-31"]["median"] * [91, 91, 92, 92]
    year = whole.annual().loc["2024-01-01":"2024-12-31"]
    assert four.sum() == pytest.approx(year["median"].iloc[0], rel=0.02)


def test_rolling_rate_that_is_longer_than_the_series_is_empty(whole: series.Series) -> None:
    assert whole.rolling_rate("900W").empty
    assert len(whole.rolling_rate("4W")) == len(whole.weekly()) - 3


def test_change_comes_from_draws_of_both_years(whole: series.Series) -> None:
    row = whole.change(2024).iloc[0]
    years = whole.annual()["median"]
    assert row["median"] == pytest.approx(years["2024-01-01"] / years["2023-01-01"] - 1, abs=0.01)
    assert row["lower_95"] < row["lower_80"] < row["median"] < row["upper_80"] < row["upper_95"]


def test_change_needs_both_years(whole: series.Series) -> None:
    assert whole.change(2021).empty  # 2020 is counted from September on only
    assert whole.change(2031).empty
    assert whole.change(0).empty


def test_change_needs_work_in_the_year_before() -> None:
    # The country is counted from 2023 on, its fields for the first time in 2024.
    fields = {2024: 300.0, 2025: 400.0}
    rows = [
        {"value": value, "land_use": use, "period_start": f"{n}-01-01", "period_end": f"{n}-12-31"}
        for use, years in (("all", dict.fromkeys((2023, *fields), 1000.0)), ("agriculture", fields))
        for n, value in years.items()
    ]
    counted = series.series(made_up(*rows), Scope(land_use="agriculture"))
    assert counted.annual().loc["2023-01-01", "median"] == pytest.approx(0, abs=1)
    assert counted.change(2024).empty
    assert counted.change(2025)["median"].tolist() == pytest.approx([1 / 3], abs=0.01)


def test_days_before_the_first_figure_have_no_running_total(whole: series.Series) -> None:
    assert whole.reconciliation is not None
    first = whole.reconciliation.start
    assert first.day_name() != "Monday"  # so that the week of the day before has days counted
    end = first - pd.Timedelta(days=1)
    earlier = dataclasses.replace(whole, scope=Scope(end=f"{end:%Y-%m-%d}"))
    assert earlier.cumulative().empty


def test_unfinished_year_is_compared_with_the_same_days(whole: series.Series) -> None:
    assert whole.this_year()["through"].tolist() == [pd.Timestamp("2025-08-24")]


def test_frames_are_cut_to_the_days_of_the_scope(statements: pd.DataFrame) -> None:
    cut = series.series(statements, Scope(start="2023-01-01", end="2023-12-31"))
    for frame in (cut.weekly(), cut.monthly(), cut.annual(), cut.cumulative(), cut.quarters()):
        assert len(frame)
        assert frame.index.min() >= pd.Timestamp("2023-01-01")
        assert frame.index.max() <= pd.Timestamp("2023-12-31")
    assert cut.through(statements) == pd.Timestamp("2023-12-31")


def test_the_first_year_counts_from_the_first_day_shown(statements: pd.DataFrame) -> None:
    cut = series.series(statements, Scope(start="2022-02-24"))
    assert cut.reconciliation is not None
    total = cut.reconciliation.total("2022-02-24", "2022-12-31")
    years = cut.annual()
    assert years.index[0] == pd.Timestamp("2022-01-01")
    assert years["median"].iloc[0] == total["median"]
    month = cut.reconciliation.total("2022-02-24", "2022-02-28")
    assert cut.monthly()["median"].iloc[0] == month["median"]
    # The running total counts from that day, too, and to the last day of the data.
    whole = cut.reconciliation.total("2022-02-24", cut.reconciliation.end)
    assert cut.cumulative()["median"].iloc[-1] == pytest.approx(whole["median"])


def test_known_misprints_are_set_aside(whole: series.Series) -> None:
    found = whole.set_aside()
    assert {"azernews-20230116.01", "silkway-news-undated-2.01"} <= set(found.index)
    assert (found["z"].abs().diff().dropna() <= 0).all()
    assert len(found) < 20


def test_running_total_against_all_others_is_marked(
    whole: series.Series, statements: pd.DataFrame
) -> None:
    judged = whole.judge(published.cumulative(statements))
    assert judged.loc["2024-05-03", "reason"] == "contradicts the other figures"
    assert not judged.loc["2021-10-15", "set_aside"]
    assert set(judged["reason"]) <= {"", "one operator", "scope not stated",
                                     "contradicts the other figures"}  # fmt: skip


def test_what_cannot_be_reconciled_has_empty_frames_and_a_reason(statements: pd.DataFrame) -> None:
    nothing = series.series(statements, Scope(district="Khankendi"))
    assert nothing.reconciliation is None
    assert "Khankendi" in nothing.reason
    frames = [nothing.weekly(), nothing.monthly(), nothing.annual(), nothing.quarters(),
              nothing.cumulative(), nothing.change(2024), nothing.this_year(),
              nothing.set_aside(), nothing.season(), nothing.changes(),
              nothing.same_days(), nothing.rolling_rate("4W")]  # fmt: skip
    assert all(frame.empty for frame in frames)
    assert nothing.observed().empty


def test_figures_that_contradict_each_other_are_told_from_missing_ones(
    statements: pd.DataFrame,
) -> None:
    values = (90.0, 61_000.0, 420.0, 2_100_000.0)
    ends = pd.to_datetime(["2023-12-31", "2024-06-30", "2024-12-31", "2025-03-09"])
    rows = statements.head(4).assign(
        metric="area_cleared", value=values, unit="ha", period="cumulative", operator="all",
        district="all",
        land_use="all", status="achieved", qualifier="exact", period_end=ends,
        period_start=pd.Timestamp("2023-01-01"), days_exact=True,
    )  # fmt: skip
    refused = series.series(rows, Scope())
    assert refused.reconciliation is None
    assert refused.contradicted
    assert refused.state == "no series: the figures contradict each other"
    missing = series.series(statements, Scope(district="Khankendi"))
    assert not missing.contradicted
    assert missing.state == "no series"


def test_observed_weeks_are_those_with_a_notice(
    whole: series.Series, statements: pd.DataFrame
) -> None:
    notices = published.weekly(statements).loc[:"2025-08-24"]
    seen = whole.observed()
    assert np.isin(notices.index, seen.index[seen]).mean() > 0.9
