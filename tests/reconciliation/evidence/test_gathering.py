"""Which figures speak of a scope, and what is said where none do."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis.errors import ReconcileError
from demine_analysis.reconciliation.evidence.gathering import gather
from demine_analysis.reconciliation.evidence.operators import rest_figures
from demine_analysis.reconciliation.evidence.parts import REST
from demine_analysis.reconciliation.placing import whole_weeks
from demine_analysis.scope import Scope

DAYS = {"period": "year", "period_start": "2023-01-01", "period_end": "2023-12-31"}


def year(value: float, operator: str = "all", **special: object) -> dict[str, object]:
    return {**DAYS, "value": value, "operator": operator, **special}


def breakdown(*others: dict[str, object]) -> pd.DataFrame:
    """Return a page on which the operators' figures add up to the whole's."""
    rows = [year(1000.0), year(600.0, "ANAMA"), year(300.0, "MoD"), year(100.0, "SBS"), *others]
    frame = statements(*rows)
    return frame.assign(source_id=["page"] * 4 + [f"other-{n}" for n in range(len(others))])


def test_the_country_takes_stated_and_unstated_figures_of_all() -> None:
    rows = statements(year(1000.0), year(700.0, "unstated"), year(600.0, "ANAMA"))
    found = gather(rows, Scope())
    assert found.parts == ("all",)
    assert sorted(found.figures["operator"]) == ["all", "unstated"]


def test_an_operator_is_a_part_of_the_whole() -> None:
    found = gather(breakdown(), Scope(operator="ANAMA"))
    assert found.parts == ("ANAMA", REST)
    counted = dict(zip(found.figures["operator"], found.figures["parts"], strict=True))
    assert counted == {"all": (True, True), "ANAMA": (True, False), REST: (False, True)}


def test_a_complete_breakdown_tells_of_the_rest() -> None:
    (row,) = rest_figures(breakdown(), ("ANAMA", REST)).to_dict("records")
    assert row["value"] == 400
    assert row["statement_ids"] == ("page-2.01", "page-3.01")


def test_an_incomplete_breakdown_tells_nothing_of_the_rest() -> None:
    incomplete = breakdown().iloc[:3]
    assert rest_figures(incomplete, ("ANAMA", REST)).empty
    assert rest_figures(breakdown().drop(columns="source_id"), ("ANAMA", REST)).empty


def test_operators_with_figures_enough_are_parts_of_their_own() -> None:
    months = pd.date_range("2023-01-01", periods=10, freq="MS")
    ends = months + pd.offsets.MonthEnd(0)
    more = [
        year(30.0 + n, "MoD", period="month", period_start=first, period_end=last)
        for n, (first, last) in enumerate(zip(months, ends, strict=True))
    ]
    found = gather(breakdown(*more), Scope(operator="ANAMA"))
    assert found.parts == ("ANAMA", "MoD", REST)


def test_an_unknown_operator_is_refused_with_the_nearest() -> None:
    with pytest.raises(ReconcileError, match=r"'ANAMMA'; one of all, .* \(did you mean ANAMA\?\)"):
        gather(breakdown(), Scope(operator="ANAMMA"))


def test_an_operator_without_the_country_stands_alone() -> None:
    rows = statements(year(600.0, "ANAMA"), year(300.0, "MoD"))
    found = gather(rows, Scope(operator="ANAMA"))
    assert found.parts == ("ANAMA",)
    assert found.figures["value"].tolist() == [600.0]


def test_a_district_without_the_country_stands_alone() -> None:
    rows = statements(
        year(50.0, district="Aghdam"), year(60.0, district="Aghdam", period_start="2022-01-01")
    )
    assert gather(rows, Scope(district="Aghdam")).parts == ("Aghdam",)


def test_a_whole_that_nobody_prints_is_the_sum_of_its_operators() -> None:
    r = da.reconcile(statements(year(600.0, "ANAMA"), year(300.0, "MoD")), draws=200)
    assert r.parts == ("ANAMA", "MoD")
    whole = r.total("2023-01-01", "2023-12-31")
    assert whole["median"] == pytest.approx(900, rel=0.01)
    apart = sum(r.weekly_draws(part) for part in r.parts)
    np.testing.assert_allclose(r.weekly_draws(), apart)


def test_operators_are_parts_where_most_figures_are_theirs() -> None:
    rows = [year(float(n), "MoD", period_start=f"2023-0{n}-01") for n in range(1, 9)]
    found = gather(statements(year(1000.0), *rows), Scope())
    assert found.parts == ("MoD", REST)
    assert found.asked == (True, True)


def test_a_rest_that_hardly_a_figure_speaks_of_is_left_out() -> None:
    months = pd.date_range("2023-01-01", periods=9, freq="MS")
    rows = [year(50.0, "MoD", period_start=first, period="other") for first in months]
    found = gather(statements(year(1000.0), *rows), Scope())
    assert found.parts == ("MoD",)


def months_of(operator: str, first: str, count: int) -> list[dict[str, object]]:
    begin = pd.date_range(first, periods=count, freq="MS")
    ends = begin + pd.offsets.MonthEnd(0)
    return [
        year(50.0 + n, operator, period="month", period_start=day, period_end=last)
        for n, (day, last) in enumerate(zip(begin, ends, strict=True))
    ]


def test_an_operator_long_silent_with_few_figures_is_no_part_of_an_unprinted_whole() -> None:
    working = months_of("MoD", "2022-01-01", 30)
    assert gather(statements(*working, *months_of("NPU", "2022-01-01", 3)), Scope()).parts == (
        "MoD",
    )
    heard = statements(*working, *months_of("NPU", "2023-12-01", 3))
    assert gather(heard, Scope()).parts == ("MoD", "NPU")
    handed_over = statements(*working, *months_of("NPU", "2022-01-01", 6))
    assert gather(handed_over, Scope()).parts == ("MoD", "NPU")
    within = statements(*working, *months_of("NPU", "2022-01-01", 3))
    within["part_of"] = within["operator"].map({"NPU": "MoD"}).fillna("")
    assert gather(within, Scope()).parts == ("MoD", "NPU")


def test_an_operator_within_another_is_counted_once() -> None:
    rows = statements(year(900.0, "MoD"), year(600.0, "SSTS")).assign(part_of=["", "MoD"])
    whole = da.reconcile(rows, draws=200).total("2023-01-01", "2023-12-31")
    assert whole["median"] == pytest.approx(900, rel=0.01)
    outer = da.reconcile(rows, operator="MoD", draws=200)
    assert outer.total("2023-01-01", "2023-12-31")["median"] == pytest.approx(900, rel=0.01)
    inner = da.reconcile(rows, operator="SSTS", draws=200)
    assert inner.total("2023-01-01", "2023-12-31")["median"] == pytest.approx(600, rel=0.01)
    assert (inner.weekly_draws() <= inner.weekly_draws("all")).all()


def test_nobody_works_before_the_first_day() -> None:
    early = {"period_start": "2020-01-01", "period_end": "2020-12-31"}
    late = {"period_start": "2022-02-24", "period_end": "2023-12-31", "period": "cumulative"}
    rows = statements(year(500.0, "SESU", **early), year(400.0, "SESU"), year(700.0, "MoD", **late))
    r = da.reconcile(rows, draws=200)
    # Days within a week are alike, so the week of the first day is its own.
    assert r.total("2020-01-01", "2022-02-20", "MoD")["upper_95"] == 0
    assert r.total("2022-02-24", "2023-12-31", "MoD")["median"] == pytest.approx(700, rel=0.02)
    assert r.total("2020-01-01", "2020-12-31")["median"] == pytest.approx(500, rel=0.02)


def test_a_running_total_that_begins_alone_and_early_begins_with_the_others() -> None:
    ends = pd.date_range("2021-01-31", periods=12, freq="ME")
    rows = [
        year(100.0 * (n + 3), period="cumulative", period_start="2020-11-10", period_end=end)
        for n, end in enumerate(ends)
    ]
    lonely = year(1450.0, period="cumulative", period_start="2020-01-01", period_end="2022-01-10")
    r = da.reconcile(statements(*rows, lonely), draws=200)
    assert r.start == pd.Timestamp("2020-11-10")
    # A year's figure that lies before all others is no such total.
    before = year(70.0, period_start="2019-01-01", period_end="2019-12-31")
    assert gather(statements(*rows, before), Scope()).first == (pd.Timestamp("2019-01-01"),)


def test_a_district_needs_two_figures() -> None:
    one = breakdown(year(50.0, district="Aghdam"))
    with pytest.raises(ReconcileError, match="Aghdam: 1 with known days, 2 are needed") as error:
        gather(one, Scope(district="Aghdam"))
    assert "no district" in str(error.value)
    month = {"period": "month", "period_start": "2023-05-01", "period_end": "2023-05-31"}
    two = breakdown(year(50.0, district="Aghdam"), year(5.0, district="Aghdam", **month))
    found = gather(two, Scope(district="Aghdam"))
    assert found.parts == ("Aghdam", REST)
    assert found.figures["parts"].tolist().count((True, False)) == 2


def test_districts_with_figures_enough_are_named() -> None:
    rows = breakdown(
        year(50.0, district="Aghdam"),
        year(60.0, district="Aghdam", period_start="2022-01-01"),
        year(50.0, district="Lachin"),
    )
    with pytest.raises(ReconcileError, match=r"Enough figures have: Aghdam$"):
        gather(rows, Scope(district="Lachin"))


def test_land_uses_are_named_too() -> None:
    rows = breakdown(year(50.0, land_use="railway"))
    with pytest.raises(ReconcileError, match=r"railway: 1 with .* figures have: no land_use"):
        gather(rows, Scope(land_use="railway"))


def test_nothing_usable_is_counted_step_by_step() -> None:
    rows = statements(
        year(1.0, status="planned"), year(2.0, period_start=None), year(3.0, metric="mines")
    )
    with pytest.raises(ReconcileError) as error:
        gather(rows, Scope())
    assert "of 3 statements 2 are of this metric, 1 of them of achieved work, 0 with" in str(
        error.value
    )
    assert "Metrics in the statements: area_cleared, mines" in str(error.value)


def test_too_early_a_date_is_named() -> None:
    early = Scope(as_of="2021-02-03")
    with pytest.raises(ReconcileError, match="published by 2021-02-03"):
        gather(breakdown(), early)


@pytest.mark.parametrize(
    ("first", "last", "kind", "whole"),
    [
        (0, 6, "week", True),
        (0, 5, "week", True),
        (0, 4, "week", True),
        (0, 7, "week", True),
        (-1, 5, "week", True),
        (1, 7, "week", True),
        (2, 8, "week", False),
        (0, 3, "week", False),
        (0, 6, "month", False),
    ],
)
def test_working_weeks_stand_for_whole_ones(
    first: int, last: int, kind: str, *, whole: bool
) -> None:
    """Days since a Monday of the first and the last day that a notice prints."""
    start, end = np.array([7 + first]) / 7, np.array([8 + last]) / 7
    assert whole_weeks(start, end, np.array([kind])).tolist() == [whole]


def test_a_whole_is_at_least_its_parts_in_every_draw() -> None:
    """20 totals of all and 60 each of two operators: the parts are seen, and never exceed it."""
    ends = pd.date_range("2023-01-31", periods=60, freq="14D")
    total = {"period": "cumulative", "period_start": "2023-01-01"}
    rows = [
        year(rate * 14.0 * (n + 3), who, period_end=end, **total)
        for who, rate in (("SESU", 6.0), ("MoD", 3.0))
        for n, end in enumerate(ends)
    ]
    rows += [year(10.0 * 14 * (n + 3), "all", period_end=ends[n], **total) for n in range(0, 60, 3)]
    r = da.reconcile(statements(*rows), draws=200)
    assert {"SESU", "MoD"} <= set(r.parts)
    own = sum(r.weekly_draws(part) for part in ("SESU", "MoD"))
    assert (r.weekly_draws() >= own * (1 - 1e-9)).all()
    share = r.total("2023-07-01", "2024-06-30", "SESU")["median"]
    assert share / r.total("2023-07-01", "2024-06-30")["median"] == pytest.approx(0.6, rel=0.05)


def test_a_mistyped_land_use_is_named() -> None:
    rows = da.load_statements("azerbaijan")
    with pytest.raises(ReconcileError, match=r"did you mean agriculture\?\), got 'agricultur'"):
        da.reconcile(rows, land_use="agricultur")
