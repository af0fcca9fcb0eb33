from __future__ import annotations

import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis import published
from demine_analysis.scope import Scope

ESTIMATE = {"metric": "contaminated_area", "status": "estimated", "period": "other",
            "period_start": None, "period_end": "2023-12-04"}  # fmt: skip


@pytest.fixture(scope="module")
def azerbaijan() -> pd.DataFrame:
    return da.load_statements("azerbaijan")


def test_plan_is_listed_once_at_its_first_page() -> None:
    plan = {"status": "planned", "period_end": "2024-12-31", "value": 60000.0}
    frame = statements({**plan, "published": "2024-03-15"}, {**plan, "published": "2024-03-01"})
    plans = published.announced_plans(frame)
    assert plans["statement_id"].tolist() == ["page-1.01"]
    assert plans["n_statements"].tolist() == [2]


def test_impossible_plan_is_kept_as_printed(azerbaijan: pd.DataFrame) -> None:
    plans = published.announced_plans(azerbaijan)
    assert 820000.0 in plans["value"].tolist()


def test_classes_of_one_page_are_added_up() -> None:
    frame = statements(
        {**ESTIMATE, "value": 147988.0, "source_id": "page", "estimate": "part"},
        {**ESTIMATE, "value": 675570.0, "source_id": "page", "estimate": "part"},
        {**ESTIMATE, "value": 148000.0, "estimate": "part"},
    )
    estimates = published.contamination_estimates(frame)
    assert estimates["value"].tolist() == [823558.0]
    assert estimates["statement_id"].tolist() == ["page-0.01;page-1.01"]


def test_estimates_of_an_unstated_scope_give_way_to_those_of_the_whole() -> None:
    unstated = {**ESTIMATE, "value": 7000.0, "operator": "unstated"}
    whole = {**ESTIMATE, "value": 9000.0}
    assert published.contamination_estimates(statements(unstated, whole))["value"].tolist() == [
        9000
    ]
    assert published.contamination_estimates(statements(unstated))["value"].tolist() == [7000]


def test_notes_do_not_change_estimates() -> None:
    frame = statements({**ESTIMATE, "value": 5000.0, "note": "high, dangerous, still needing"})
    assert published.contamination_estimates(frame)["value"].tolist() == [5000.0]


def test_what_remains_is_no_total() -> None:
    frame = statements(
        {**ESTIMATE, "value": 800.0, "estimate": "remaining"},
        {**ESTIMATE, "value": 9000.0, "estimate": "total"},
    )
    assert published.contamination_estimates(frame)["value"].tolist() == [9000.0]


def test_suspected_alone_is_the_whole() -> None:
    alone = statements({**ESTIMATE, "value": 13900000.0, "estimate": "suspected"})
    assert published.contamination_estimates(alone)["value"].tolist() == [13900000.0]
    both = statements(
        {**ESTIMATE, "value": 300.0, "source_id": "page", "estimate": "confirmed"},
        {**ESTIMATE, "value": 700.0, "source_id": "page", "estimate": "suspected"},
    )
    assert published.contamination_estimates(both)["value"].tolist() == [1000.0]


def test_estimates_of_any_year_and_wording_are_kept() -> None:
    rows = statements(
        *({"metric": "contaminated_area", "status": "estimated", "period": "other", "value": value,
           "period_start": day, "period_end": day, "published": day, "note": note}
          for value, day, note in ((4200.0, "1996-05-01", "suspected area of a national survey"),
                                   (3100.0, "2008-12-31", "as the mine action centre estimates"),
                                   (2100.0, "2019-12-31", "")))
    )  # fmt: skip
    found = published.contamination_estimates(rows)
    assert sorted(found["value"]) == [2100.0, 3100.0, 4200.0]


def test_roundings_of_one_estimate_count_as_one() -> None:
    values = [1167000.0, 1166700.0, 1166702.0]
    estimates = published.contamination_estimates(
        statements(*({**ESTIMATE, "value": value} for value in values))
    )
    assert estimates["value"].tolist() == [1166702.0]
    assert estimates["n_statements"].tolist() == [3]


def test_published_estimates_are_the_known_ones(azerbaijan: pd.DataFrame) -> None:
    values = published.contamination_estimates(azerbaijan)["value"].tolist()
    assert {823558.0, 900000.0, 1028000.0, 1166702.0} <= set(values)


def test_straight_line_is_plain_division() -> None:
    frame = statements(
        {"period": "cumulative", "period_start": "2020-11-10", "value": 1000.0},
        {"value": 3650.0},
        {**ESTIMATE, "value": 11000.0},
    )
    line = published.straight_line(frame, basis="last_year")
    assert line["remaining"].tolist() == [10000.0]
    assert line["rate"].tolist() == [10.0]
    assert line["completion"].tolist() == [pd.Timestamp("2023-12-31") + pd.Timedelta(days=1000)]


def test_straight_line_leaves_misprinted_weeks_out() -> None:
    weeks = pd.date_range("2024-01-01", periods=10, freq="W-MON")
    rows = [
        {"period": "week", "period_start": day, "period_end": day + pd.Timedelta(days=6),
         "value": 453900.0 if n == 4 else 700.0}
        for n, day in enumerate(weeks)
    ]  # fmt: skip
    total = {"period": "cumulative", "period_end": "2024-03-31", "value": 1000.0}
    line = published.straight_line(statements(*rows, total, {**ESTIMATE, "value": 50000.0}))
    assert line["rate"].tolist() == pytest.approx([100.0])


def test_straight_line_needs_pace_total_and_estimate() -> None:
    assert published.straight_line(statements({"value": 3650.0})).empty


def test_completion_lies_past_the_cleared_area(azerbaijan: pd.DataFrame) -> None:
    line = published.straight_line(azerbaijan, Scope(as_of="2025-06-30"))
    assert (line["cleared"] == 200321.0).all()
    assert line["completion"].is_monotonic_increasing
    assert line["completion"].dt.year.between(2030, 2060).all()
