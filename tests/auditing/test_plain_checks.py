"""Checks that need no series, each on a few rows made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from frames import statements

from demine_analysis.auditing import agreement, audit, calendar
from demine_analysis.errors import StatementError

if TYPE_CHECKING:
    from collections.abc import Mapping

AP, AV, UXO = "anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"


def found(*rows: Mapping[str, object]) -> pd.DataFrame:
    return audit(statements(*rows)).set_index("statement_id")


def page(name: str, **figures: float) -> list[dict[str, object]]:
    """Return the statements of a page, one for each metric."""
    return [
        {
            "statement_id": f"{name}.{metric}",
            "source_id": name,
            "metric": metric,
            "value": float(value),
            "unit": "ha" if metric == "area_cleared" else "items",
        }
        for metric, value in figures.items()
    ]


def dated(
    rows: list[dict[str, object]], start: str, end: str, **more: object
) -> list[dict[str, object]]:
    return [{**row, "period_start": start, "period_end": end, **more} for row in rows]


def total(value: float, end: str, **more: object) -> dict[str, object]:
    return {
        "value": value,
        "period": "cumulative",
        "period_start": "2020-11-10",
        "period_end": end,
        **more,
    }


def test_kinds_that_do_not_add_up() -> None:
    result = found(*page("a", **{AP: 100, AV: 105, "mines": 225}))
    assert list(result.index) == ["a.mines"]
    assert result.loc["a.mines", "likely_value"] == 205


def test_kinds_that_add_up_are_left_alone() -> None:
    assert found(
        *page("a", **{AP: 100, AV: 105, "mines": 205, UXO: 5, "explosive_items": 210})
    ).empty


def test_rounded_parts_need_not_add_up() -> None:
    rows = page("a", **{AP: 1700, AV: 1500, "mines": 3300})
    assert found(*[{**row, "qualifier": "about"} for row in rows]).empty


def test_another_papers_part_decides() -> None:
    wrong = page("a", **{AP: 4256, AV: 2372, UXO: 59163, "explosive_items": 65821})
    result = found(*wrong, *page("b", **{AP: 4286}))
    assert list(result.index) == [f"a.{AP}"]
    assert result["likely_value"].tolist() == [4286]


def test_operators_beyond_the_whole() -> None:
    rows = [
        {"source_id": "a", "statement_id": "a.1", "value": 500.0},
        {"source_id": "a", "statement_id": "a.2", "value": 400.0, "operator": "ANAMA"},
        {"source_id": "a", "statement_id": "a.3", "value": 300.0, "operator": "MoD"},
    ]
    result = found(*rows)
    assert result.loc["a.1", "likely_reading"] == "sum_mismatch"
    assert result.loc["a.1", "likely_value"] == 700


def test_an_incomplete_breakdown_is_no_mismatch() -> None:
    rows = [
        {"source_id": "a", "statement_id": "a.1", "value": 500.0},
        {"source_id": "a", "statement_id": "a.2", "value": 100.0, "district": "Aghdam"},
        {"source_id": "a", "statement_id": "a.3", "value": 90.0, "district": "Fuzuli"},
    ]
    assert found(*rows).empty


def test_weeks_beyond_their_month_reveal_swapped_kinds() -> None:
    month = dated(page("m", **{AP: 191, AV: 141}), "2024-04-01", "2024-04-30", period="month")
    weeks = [
        *dated(page("w1", **{AP: 60, AV: 80}), "2024-04-01", "2024-04-07", period="week"),
        *dated(page("w2", **{AP: 59, AV: 100}), "2024-04-15", "2024-04-21", period="week"),
    ]
    result = found(*month, *weeks)
    assert set(result["likely_reading"]) == {"swapped_types"}
    assert result["likely_value"].to_dict() == {f"m.{AP}": 141, f"m.{AV}": 191}


def test_a_falling_total_is_accused() -> None:
    result = found(
        total(1000.0, "2021-01-31"), total(900.0, "2021-02-28"), total(1100.0, "2021-03-31")
    )
    assert list(result.index) == ["page-1.01"]
    assert result["finding"].tolist() == ["falling_total"]


def test_a_total_ten_times_too_large_accuses_itself() -> None:
    result = found(
        total(1000.0, "2021-01-31"),
        total(11500.0, "2021-02-15"),
        total(1200.0, "2021-02-28"),
        total(1300.0, "2021-03-31"),
    )
    assert result["likely_value"].to_dict() == {"page-1.01": 1150.0}


def test_more_than_a_round_number_does_not_fall() -> None:
    rows = [total(44698.0, "2021-01-31"), total(40000.0, "2021-02-28", qualifier="at_least")]
    assert found(*rows).empty


def test_one_operators_total_is_recognised() -> None:
    result = found(
        total(18302.0, "2021-10-15"),
        total(5917.0, "2021-10-28", operator="ANAMA"),
        total(5944.0, "2021-10-31", operator="unstated"),
    )
    assert result["likely_reading"].to_dict() == {"page-2.01": "one_operator"}
    # The operator's own total, and the one that it is below.
    assert result["related_statement_ids"].tolist() == [("page-0.01", "page-1.01")]


def test_a_falling_total_names_the_nearest_in_time() -> None:
    result = found(
        total(1000.0, "2021-01-31"),
        total(1200.0, "2021-02-28"),
        total(1400.0, "2021-03-31"),
        total(900.0, "2021-04-30"),
        total(1600.0, "2021-05-31"),
    )
    assert result["likely_reading"].to_dict() == {"page-3.01": "falling_total"}
    assert result["related_statement_ids"].tolist() == [("page-1.01", "page-2.01")]


def test_a_plan_beyond_the_contaminated_area() -> None:
    result = found(
        {"metric": "contaminated_area", "value": 800000.0, "status": "estimated",
         "period": "other", "published": "2023-02-21"},
        {"value": 820000.0, "status": "planned", "published": "2023-03-06"},
        {"value": 60000.0, "status": "planned", "published": "2023-03-06"},
    )  # fmt: skip
    assert result["finding"].to_dict() == {"page-1.01": "impossible_plan"}
    assert result["related_statement_ids"].tolist() == [("page-0.01",)]


def test_one_notice_with_two_dates() -> None:
    figures = {"area_cleared": 357, AP: 54, AV: 25}
    result = found(
        *dated(page("right", **figures), "2022-06-01", "2022-06-04", period="week"),
        *dated(page("wrong", **figures), "2022-06-01", "2022-06-06", period="week"),
        *dated(page("next", area_cleared=100), "2022-06-06", "2022-06-11", period="week"),
    )
    assert set(result.index) == {f"wrong.{metric}" for metric in figures}
    assert set(result["finding"]) == {"two_dates"}


def test_counts_of_another_week() -> None:
    result = found(
        *dated(page("a", **{AP: 78, AV: 16, UXO: 150}), "2024-01-29", "2024-02-04", period="week"),
        *dated(page("b", **{AP: 78, AV: 16, UXO: 294}), "2024-03-04", "2024-03-10", period="week"),
    )
    assert set(result.index) == {f"b.{AP}", f"b.{AV}"}
    assert set(result["likely_reading"]) == {"other_week"}


def test_only_what_was_published_by_then() -> None:
    rows = statements(
        total(1000.0, "2021-01-31", published="2021-02-01"),
        total(900.0, "2021-02-28", published="2021-03-01"),
    )
    assert audit(rows, as_of="2021-02-15").empty
    assert len(audit(rows)) == 1


def test_publishers_agree_as_often_as_counted_by_hand() -> None:
    rows = statements(
        {"source_id": "a1", "value": 453.9},
        {"source_id": "b1", "value": 454.0},  # rounds to the same
        {
            "source_id": "a2",
            "value": 10.0,
            "period_start": "2022-01-01",
            "period_end": "2022-12-31",
        },
        {
            "source_id": "b2",
            "value": 20.0,
            "period_start": "2022-01-01",
            "period_end": "2022-12-31",
        },
    )
    sources = pd.DataFrame({"source_id": ["a1", "a2", "b1", "b2"], "publisher": list("AABB")})
    (pair,) = agreement(rows, sources).itertuples(index=False)
    assert (pair.first, pair.second, pair.figures, pair.same, pair.share) == ("A", "B", 2, 1, 0.5)


def test_publishers_must_be_known() -> None:
    with pytest.raises(StatementError, match="do not say who published them"):
        agreement(statements({}))


def test_calendar_has_every_week_between() -> None:
    week = {"period": "week"}
    rows = statements(
        {**week, "period_start": "2024-01-01", "period_end": "2024-01-06", "value": 5.0},
        {**week, "period_start": "2024-01-01", "period_end": "2024-01-07", "value": 5.0},
        {**week, "period_start": "2024-01-15", "period_end": "2024-01-21"},
        {**week, "period_start": "2024-01-22", "period_end": "2024-01-28", "operator": "MoD"},
        {"period": "month", "period_start": "2024-01-01", "period_end": "2024-01-31"},
    )
    table = calendar(rows)
    assert table["notices"].tolist() == [2, 0, 1]
    assert table["figures"].tolist() == [1, 0, 1]
    assert table["observed"].tolist() == [True, False, True]
    assert table.index[1] == pd.Timestamp("2024-01-08")


def test_calendar_without_notices_is_empty() -> None:
    assert calendar(statements({})).empty


def test_small_counts_that_come_again_half_a_year_later_are_no_copy() -> None:
    result = found(
        *dated(page("a", **{AP: 78, AV: 16, UXO: 150}), "2024-01-29", "2024-02-04", period="week"),
        *dated(page("b", **{AP: 78, AV: 16, UXO: 294}), "2024-08-05", "2024-08-11", period="week"),
    )
    assert result.empty


def test_a_whole_below_its_operators_is_told() -> None:
    """One operator's running total passes what three pages print of everybody's work."""
    ends = pd.date_range("2022-06-30", "2025-09-30", freq="ME")
    own = np.linspace(50_000, 617_713, len(ends)).round()
    total = {"metric": "explosive_items", "unit": "items", "period": "cumulative",
             "period_start": "2022-02-24"}  # fmt: skip
    rows = [
        {**total, "value": value, "period_end": end, "operator": "SESU", "statement_id": f"s.{n}"}
        for n, (end, value) in enumerate(zip(ends, own, strict=True))
    ]
    whole = [
        {**total, "value": value, "period_end": end, "statement_id": f"all.{end}"}
        for end, value in (("2024-12-31", 380_000.0), ("2025-08-31", 458_714.0))
    ]
    more = {**total, "value": 500_000.0, "period_end": "2025-08-31", "qualifier": "at_least"}
    result = found(*rows, *whole, {**more, "statement_id": "more"})
    assert list(result.index) == ["all.2024-12-31", "all.2025-08-31"]
    assert set(result["finding"]) == {"whole_below_parts"}
    assert set(result["likely_reading"]) == {"scope"}


def test_two_editions_that_differ_are_both_shown_undecided() -> None:
    year = {"period_start": "2006-01-01", "period_end": "2006-12-31"}
    result = found({**year, "value": 1183.0}, {**year, "value": 734.0})
    assert set(result["likely_reading"]) == {"undecided"}
    assert result["likely_value"].isna().all()
    assert result["related_statement_ids"].to_dict() == {
        "page-0.01": ("page-1.01",),
        "page-1.01": ("page-0.01",),
    }


def test_a_third_edition_decides() -> None:
    year = {"period_start": "2006-01-01", "period_end": "2006-12-31"}
    result = found(*({**year, "value": value} for value in (1183.0, 734.0, 734.0)))
    assert result["likely_value"].to_dict() == {"page-0.01": 734}
    assert result["likely_reading"].to_dict() == {"page-0.01": "papers_disagree"}
