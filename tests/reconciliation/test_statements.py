"""A printed figure becomes the interval that its digits and its qualifier stand for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import statements
from hypothesis import given, settings
from hypothesis import strategies as st

from demine_analysis.errors import StatementError
from demine_analysis.reconciliation.evidence.joining import observations
from demine_analysis.reconciliation.statements import (
    from_records,
    intervals,
    notice_kind,
    printed_unit,
    publication_date,
    usable,
)

WEEK = {"period": "week", "period_start": "2023-05-01", "period_end": "2023-05-07"}


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (1639.6, 0.1),
        (53081.8, 0.1),
        (0.0955, 1e-4),
        (41915, 1),
        (68900, 100),
        (20000, 1000),
        (100, 10),
        (7, 1),
        (0, 1),
        (1e12, 1e6),
    ],
)
def test_the_unit_is_of_the_last_printed_digit(value: float, unit: float) -> None:
    assert printed_unit(pd.Series([value])).iloc[0] == pytest.approx(unit)


@pytest.mark.parametrize(
    ("qualifier", "lower", "upper"),
    [
        ("exact", 68850, 68950),
        ("at_least", 68900, 69000),
        ("at_most", 68800, 68900),
        ("about", 68800, 69000),
    ],
)
def test_a_qualifier_moves_the_interval(qualifier: str, lower: float, upper: float) -> None:
    row = intervals(statements({"value": 68900.0, "qualifier": qualifier})).iloc[0]
    assert (row["lower"], row["upper"], row["unit"]) == (lower, upper, 100)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(0, 10**9), st.integers(0, 4))
def test_weaker_qualifiers_never_narrow_an_interval(digits: int, places: int) -> None:
    value = digits / 10**places
    rows = [{"value": value, "qualifier": name} for name in ("exact", "about")]
    found = intervals(statements(*rows, {"value": value, "qualifier": "at_least"}))
    exact, about, at_least = (row for _, row in found.iterrows())
    assert about["lower"] <= exact["lower"]
    assert exact["upper"] <= about["upper"]
    assert at_least["upper"] >= exact["upper"]
    assert exact["lower"] <= value <= exact["upper"]


def test_no_interval_begins_below_nought() -> None:
    assert intervals(statements({"value": 0.0})).loc[0, "lower"] == 0


def test_a_page_without_a_date_came_out_a_week_later() -> None:
    rows = statements({**WEEK, "published": "2023-05-08"}, WEEK)
    assert publication_date(rows).dt.strftime("%m-%d").tolist() == ["05-08", "05-14"]


def test_a_plan_on_a_page_without_a_date_is_no_news_of_its_last_day() -> None:
    year = {"period": "year", "period_start": "2025-01-01", "period_end": "2025-12-31"}
    rows = statements({**WEEK, **year, "status": "planned"}, {**WEEK, **year})
    assert publication_date(rows).dt.strftime("%Y-%m-%d").tolist() == ["2025-01-08", "2026-01-07"]


def test_usable_keeps_what_counts_done_work_on_known_days() -> None:
    rows = statements(
        WEEK,
        {**WEEK, "status": "planned"},
        {**WEEK, "metric": "mines"},
        {**WEEK, "district": "Aghdam"},
        {**WEEK, "land_use": "railway"},
        {**WEEK, "period_start": None},
    )
    assert usable(rows)["statement_id"].tolist() == ["page-0.01"]
    assert usable(rows, district="Aghdam")["statement_id"].tolist() == ["page-3.01"]
    assert usable(rows, land_use="railway")["statement_id"].tolist() == ["page-4.01"]


def test_usable_as_of_keeps_what_was_out() -> None:
    rows = statements({**WEEK, "published": "2023-05-08"}, WEEK)
    assert len(usable(rows, as_of="2023-05-07")) == 0
    assert len(usable(rows, as_of="2023-05-08")) == 1
    assert len(usable(rows, as_of="2023-05-14")) == 2


def test_dates_may_be_text() -> None:
    text = statements(WEEK).assign(period_start=WEEK["period_start"], published="2023-05-08")
    assert len(usable(text, as_of="2023-05-08")) == 1
    with pytest.raises(StatementError, match=r"period_end of 1 of 1 .* 'soon'"):
        usable(statements(WEEK).assign(period_end="soon"))


def test_missing_columns_are_named() -> None:
    with pytest.raises(StatementError, match="lack the column qualifier, operator; needed are"):
        usable(statements(WEEK).drop(columns=["qualifier", "operator"]))


def test_kinds_follow_period_and_length() -> None:
    rows = statements(
        WEEK,
        {"period": "month", "period_start": "2023-05-01", "period_end": "2023-05-31"},
        {"period": "other", "period_start": "2023-05-01", "period_end": "2023-05-09"},
        {"period": "quarter", "period_start": "2023-04-01", "period_end": "2023-06-30"},
        {"period": "year_to_date", "period_start": "2023-01-01", "period_end": "2023-01-20"},
    )
    assert notice_kind(rows).tolist() == ["week", "month", "week", "month", "total"]


def joined(*rows: dict[str, object]) -> list[tuple[str, ...]]:
    """Return which rows are taken for one figure."""
    return observations(statements(*rows))["statement_ids"].tolist()


def test_papers_that_round_one_figure_differently_are_one() -> None:
    rows = [{**WEEK, "value": 1639.6}, {**WEEK, "value": 1640.0}]
    assert joined(*rows) == [("page-0.01", "page-1.01")]
    kept = observations(statements(*rows)).iloc[0]
    assert kept["value"] == 1639.6


def test_different_figures_of_a_week_stay_two() -> None:
    assert len(joined({**WEEK, "value": 1639.6}, {**WEEK, "value": 1719.6})) == 2


def test_a_reprint_with_moved_days_is_one() -> None:
    moved = WEEK | {"period_end": "2023-05-06"}
    assert len(joined({**WEEK, "value": 1639.6}, {**moved, "value": 1639.6})) == 1


def test_the_same_small_number_a_week_later_is_another_figure() -> None:
    later = {"period": "week", "period_start": "2023-05-08", "period_end": "2023-05-14"}
    assert len(joined({**WEEK, "value": 12.0}, {**later, "value": 12.0})) == 2
    assert len(joined({**WEEK, "value": 1639.6}, {**later, "value": 1639.6})) == 2


@pytest.mark.parametrize(
    ("named", "result"),
    [
        (["unstated", "ANAMA"], "ANAMA"),
        (["all", "all", "ANAMA"], "all"),
        (["all", "ANAMA"], "unstated"),
        (["unstated"], "unstated"),
    ],
)
def test_papers_settle_whose_work_a_figure_counts(named: list[str], result: str) -> None:
    rows = [{**WEEK, "value": 1639.6, "operator": name} for name in named]
    assert observations(statements(*rows))["operator"].tolist() == [result]


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.permutations(range(8)))
def test_row_order_does_not_matter(order: list[int]) -> None:
    values = [1639.6, 1640.0, 1639.6, 100.0, 500.0, 505.0, 1639.0, 1600.0]
    operators = ["all", "unstated", "ANAMA", "all"] * 2
    rows = statements(
        *({**WEEK, "value": v, "operator": o} for v, o in zip(values, operators, strict=True))
    )
    pd.testing.assert_frame_equal(observations(rows), observations(rows.iloc[order]))


def records() -> pd.DataFrame:
    days = pd.to_datetime(["2010-08-01", "2010-08-01", "2010-08-01", "2010-09-01"])
    return pd.DataFrame(
        {
            "municipality": ["Samaná", "Samaná", "San Carlos", "Samaná"],
            "period_start": days,
            "period_end": days + pd.offsets.MonthEnd(0),
            "area_cleared": [1.0, 2.0, 4.0, 8.0],
        }
    )


def test_records_of_a_month_and_place_add_up() -> None:
    rows = from_records(records()).set_index("statement_id")["value"]
    assert rows["Samaná.2010-08"] == 3
    assert rows["all.2010-08"] == 7
    assert rows["all.2010-09"] == 8
    assert len(rows) == 5


def test_records_that_do_not_count_a_metric_say_so() -> None:
    with pytest.raises(StatementError, match="no column 'mines'; they count area_cleared"):
        from_records(records(), metric="mines")


def test_two_thousand_reprints_of_a_figure_are_one() -> None:
    rows = statements(WEEK)
    many = pd.concat([rows] * 2000, ignore_index=True)
    many["statement_id"] = [f"page-{n}.01" for n in np.arange(len(many))]
    assert len(observations(many)) == 1
