"""Days known to their month or year: the interval of possible days, and who may use it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import tiny_dataset as tiny
from tiny_dataset import change

import demine_analysis as da
from demine_analysis.auditing.sums import bounded
from demine_analysis.reconciliation.statements import usable

DAYS = "2024-01-01,2024-01-07"


def load(home: Path, period: str, days: str) -> pd.DataFrame:
    folder = tiny.make(home)
    change("statements.csv", f"week,{DAYS}", f"{period},{days}")(folder)
    return da.load_statements("mine", data_home=home)


def test_month_is_all_its_days(tmp_path: Path) -> None:
    row = load(tmp_path, "week", "2024-02,2024-02").iloc[0]
    assert row["period_start"] == pd.Timestamp("2024-02-01")
    assert row["period_end"] == pd.Timestamp("2024-02-29")
    assert not row["days_exact"]


def test_year_is_all_its_days(tmp_path: Path) -> None:
    row = load(tmp_path, "cumulative", "2018,2024").iloc[0]
    assert row["period_start"] == pd.Timestamp("2018-01-01")
    assert row["period_end"] == pd.Timestamp("2024-12-31")


@pytest.mark.parametrize(
    ("period", "days", "exact"),
    [
        ("week", DAYS, True),
        ("month", "2024-04,2024-04", True),  # the month itself
        ("year", "2018,2018", True),
        ("cumulative", "2018-06,2024-05-19", True),  # nothing was done before it began
        ("cumulative", "2022-02-24,2024-04", False),
        ("week", "2024-04,2024-04", False),
        ("month", "2024,2024", False),
        ("year", "2018,2019", False),
        ("week", ",", False),
    ],
)
def test_exact_days_are_told_apart(period: str, days: str, exact: bool, tmp_path: Path) -> None:
    assert load(tmp_path, period, days)["days_exact"].iloc[0] == exact


def test_published_is_the_last_day_possible(tmp_path: Path) -> None:
    change("sources.csv", "2024-01-08", "2024-02")(tiny.make(tmp_path))
    assert da.load_sources("mine", data_home=tmp_path)["published"][0] == pd.Timestamp("2024-02-29")
    loaded = da.load_statements("mine", data_home=tmp_path)
    assert loaded["published"][0] == pd.Timestamp("2024-02-29")


def test_series_leaves_inexact_days_out(tmp_path: Path) -> None:
    statements = load(tmp_path, "week", "2024-04,2024-04").assign(district="all")
    assert usable(statements).empty
    known = load(tmp_path / "b", "month", "2024-04,2024-04").assign(district="all")
    assert usable(known)["statement_id"].tolist() == ["paper-20240108.01"]


def test_audit_takes_them_as_lower_bounds(tmp_path: Path) -> None:
    limits = bounded(load(tmp_path, "cumulative", "2022-02-24,2024-04")).iloc[0]
    assert limits["lower"] > 0
    assert limits["upper"] == float("inf")


def test_reversed_partial_dates_are_refused(tmp_path: Path) -> None:
    with pytest.raises(da.DatasetError, match="must not be before period_start"):
        load(tmp_path, "cumulative", "2024-05,2024-04")


@pytest.mark.parametrize("written", ["2024-13", "24-04", "2024-4", "2024-04-", "April 2024"])
def test_other_ways_of_writing_are_refused(written: str, tmp_path: Path) -> None:
    with pytest.raises(da.DatasetError, match="YYYY-MM or YYYY where the day is not"):
        load(tmp_path, "week", f"2024-01-01,{written}")
