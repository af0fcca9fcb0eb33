"""One series from many figures: what holds whatever is printed, and known answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from frames import statements
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import printed, steady
from strategies import ORIGIN, Printed, notice, programmes, weekly_programme, weeks_of

import demine_analysis as da
from demine_analysis.errors import DemineError, ParameterError, ReconcileError, StatementError
from demine_analysis.model import TYPICAL
from demine_analysis.model.fit import _Target, newton
from demine_analysis.reconciliation.result import Reconciliation

DRAWS = 150
BOUNDS = ["lower_95", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_95"]
STEADY = [100.0, 120, 90, 110, 100, 80, 100, 130, 95, 105, 100, 115]

# Examples are the same in every run: a failure on one machine is a failure on all.
few = settings(max_examples=12, deadline=None, derandomize=True)


def quick(rows: pd.DataFrame, **options: Any) -> Reconciliation:
    """Return a reconciliation with given scales, in a few hundredths of a second."""
    return da.reconcile(rows, scales=TYPICAL, draws=DRAWS, **options)


def same(one: Reconciliation, other: Reconciliation) -> bool:
    return np.array_equal(one.weekly_draws(), other.weekly_draws())


# What holds whatever is printed.


@few
@given(programmes(), st.randoms(use_true_random=False))
def test_row_order_does_not_matter(programme: Printed, random: object) -> None:
    rows = programme.statements
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]  # a random.Random
    assert same(quick(rows), quick(rows.iloc[order]))


@few
@given(programmes(), st.data())
def test_a_reprint_adds_nothing(programme: Printed, data: st.DataObject) -> None:
    rows = programme.statements
    row = data.draw(st.integers(0, len(rows) - 1))
    reprint = rows.iloc[[row]].assign(statement_id="reprint.01", source_id="reprint")
    both = quick(pd.concat([rows, reprint], ignore_index=True))
    assert same(quick(rows), both)
    assert "reprint.01" in both.residuals().index


@few
@given(programmes())
def test_weeks_add_up_to_any_span_in_every_draw(programme: Printed) -> None:
    r = quick(programme.statements)
    weekly, days = r.weekly_draws(), pd.Timedelta(days=6)
    spans = r.total_draws(r.weeks[[0, 2]], r.weeks[[5, -1]] + days)
    assert spans[0] == pytest.approx(weekly[:6].sum(axis=0))
    assert spans[1] == pytest.approx(weekly[2:].sum(axis=0))


@few
@given(programmes())
def test_intervals_are_finite_positive_and_nested(programme: Printed) -> None:
    r = quick(programme.statements)
    for frame in (r.weekly(), r.monthly(), r.annual(), r.cumulative(), r.shares()):
        table = frame[BOUNDS].to_numpy()
        assert np.isfinite(table).all()
        assert (table > 0).all()
        assert (np.diff(table, axis=1) >= 0).all()
    assert (np.diff(r.cumulative().to_numpy(), axis=0) > 0).all()


@few
@given(programmes())
def test_totals_lie_in_their_bounds(programme: Printed) -> None:
    """Figures without contradictions are met, by the totals and by what is expected of them."""
    r, rows = quick(programme.statements), programme.statements
    totals = r.totals(pd.DatetimeIndex(rows["period_start"]), pd.DatetimeIndex(rows["period_end"]))
    inside = (rows["value"].to_numpy() >= totals["lower_95"].to_numpy()) & (
        rows["value"].to_numpy() <= totals["upper_95"].to_numpy()
    )
    whole = int((rows["period_end"] - rows["period_start"]).dt.days.argmax())
    assert inside[whole]
    assert inside.mean() >= 0.8


@few
@given(programmes(step=10), st.sampled_from(["about", "at_least", "at_most"]))
def test_a_weaker_qualifier_never_narrows(programme: Printed, weaker: str) -> None:
    rows = programme.statements
    whole = int((rows["period_end"] - rows["period_start"]).dt.days.argmax())
    weak = rows.assign(qualifier=rows["qualifier"].where(rows.index != whole, weaker))
    span = rows["period_start"].iloc[whole], rows["period_end"].iloc[whole]
    assert width(quick(weak).total(*span)) >= 0.98 * width(quick(rows).total(*span))


def width(total: pd.Series) -> float:
    return float(np.log(total["upper_95"] / total["lower_95"]))


@few
@given(programmes(), st.integers(3, 18))
def test_as_of_uses_only_what_was_out(programme: Printed, weeks: int) -> None:
    rows = programme.statements
    day = ORIGIN + pd.Timedelta(weeks=weeks)
    out = rows[rows["published"] <= day]
    if out.empty:
        with pytest.raises(ReconcileError, match=f"published by {day:%Y-%m-%d}"):
            quick(rows, as_of=day)
    else:
        assert same(quick(rows, as_of=day), quick(out))


# Known answers.


def test_a_tiny_programme_gives_back_its_truth() -> None:
    programme = weekly_programme(STEADY, (0, 11), (2, 7))
    r = da.reconcile(programme.statements)
    assert r.weekly()["median"].to_numpy() == pytest.approx(STEADY, rel=0.03)
    assert r.cumulative()["median"].iloc[-1] == pytest.approx(sum(STEADY), rel=0.01)
    assert r.weekly()["median"].index.equals(programme.truth.index)


def test_a_silent_week_is_what_the_total_leaves() -> None:
    rows = weekly_programme(STEADY, (0, 11)).statements
    r = da.reconcile(rows.drop(index=7))
    week = r.weekly().iloc[7]
    assert week["lower_95"] < STEADY[7] < week["upper_95"]
    assert week["median"] == pytest.approx(STEADY[7], rel=0.2)
    assert not r.observed().iloc[7]
    assert r.observed().sum() == 11


@pytest.mark.parametrize("factor", [10.0, 0.1, 1000.0])
def test_a_misprinted_notice_loses_its_pull(factor: float) -> None:
    rows = weekly_programme(STEADY, (0, 11), (2, 7)).statements
    wrong = rows.assign(value=rows["value"].where(rows.index != 5, rows["value"] * factor))
    r = da.reconcile(wrong)
    assert r.weekly()["median"].iloc[5] == pytest.approx(STEADY[5], rel=0.25)
    assert r.residuals()["set_aside"]["page-5.01"] > 0.5
    assert r.residuals()["set_aside"].drop("page-5.01").max() < 0.5
    assert np.sign(r.residuals()["z"]["page-5.01"]) == np.sign(np.log(factor))


def test_months_are_cut_where_the_figures_end() -> None:
    r = quick(weekly_programme(STEADY).statements)
    monthly = r.monthly()
    assert pd.DatetimeIndex(monthly.index).strftime("%m-%d").tolist() == ["01-01", "02-01", "03-01"]
    january = r.total("2022-01-03", "2022-01-31")
    assert monthly["median"].iloc[0] == january["median"]
    assert r.total("2022-01-03", "2022-01-09")["median"] == r.weekly()["median"].iloc[0]


def operators() -> pd.DataFrame:
    whole, own = weeks_of(STEADY), weeks_of(STEADY) * 0.6
    spans = [*((week, week) for week in range(12)), (0, 11)]
    of_all = [notice(whole, *span) for span in spans]
    of_one = [notice(own, *span, operator="ANAMA") for span in [*spans[::2], (0, 11)]]
    return statements(*of_all, *of_one)


def test_operators_add_up_to_the_whole_in_every_draw() -> None:
    r = quick(operators(), operator="ANAMA")
    assert r.parts == ("ANAMA", "rest")
    parts = sum(r.weekly_draws(part) for part in r.parts)
    assert parts == pytest.approx(r.weekly_draws("all"))
    assert (r.weekly_draws() < r.weekly_draws("all")).all()


def test_an_operator_has_its_printed_part() -> None:
    r = quick(operators(), operator="ANAMA")
    assert r.annual()["median"].iloc[0] == pytest.approx(0.6 * sum(STEADY), rel=0.02)
    assert r.annual("all")["median"].iloc[0] == pytest.approx(sum(STEADY), rel=0.02)
    assert r.annual("rest")["median"].iloc[0] == pytest.approx(0.4 * sum(STEADY), rel=0.05)
    with pytest.raises(ReconcileError, match="part must be one of ANAMA, rest, all, got 'MoD'"):
        r.weekly("MoD")


def test_the_share_of_unstated_notices_is_estimated() -> None:
    whole = weeks_of(np.full(26, 100.0))
    rows = [notice(whole * 0.5, week, week, operator="unstated") for week in range(26)]
    rows += [notice(whole, first, first + 12) for first in (0, 13)]
    r = da.reconcile(statements(*rows, notice(whole, 0, 25)))
    shares = r.shares().loc["week"]
    assert shares["median"].to_numpy() == pytest.approx(np.full(len(shares), 0.5), rel=0.1)
    assert r.weekly()["median"].to_numpy() == pytest.approx(np.full(26, 100.0), rel=0.1)


def test_predictions_follow_the_scope_of_a_statement() -> None:
    r = quick(operators(), operator="ANAMA")
    asked = statements(
        notice(weeks_of(STEADY), 0, 11),
        notice(weeks_of(STEADY), 0, 11, operator="ANAMA"),
        notice(weeks_of(STEADY), 3, 3, operator="unstated"),
    ).set_index(pd.Index(["all", "one", "unstated"]))
    found = r.predict(asked)
    assert list(found.index) == ["all", "one", "unstated"]
    assert found["median"]["all"] == pytest.approx(sum(STEADY), rel=0.03)
    assert found["median"]["one"] == pytest.approx(0.6 * sum(STEADY), rel=0.03)
    assert found["median"]["unstated"] < STEADY[3]
    assert r.predict(asked.head(0)).empty


def test_a_prediction_is_less_sure_than_the_total() -> None:
    programme = weekly_programme(STEADY)
    r = quick(programme.statements)
    week = r.predict(programme.statements.iloc[[4]]).iloc[0]
    assert width(week) > width(r.weekly().iloc[4])


def test_predictions_of_what_is_not_there_are_refused() -> None:
    r = quick(weekly_programme(STEADY).statements)
    row = notice(weeks_of(STEADY), 3, 3)
    for special, text in [
        ({"operator": "MoD"}, "operator 'MoD', .* its parts are all"),
        ({"district": "Aghdam"}, "district 'Aghdam'"),
        ({"metric": "mines"}, "1 of 1 statements do not count area_cleared"),
        ({"period_start": "2021-01-01"}, "is not inside the reconciled weeks"),
    ]:
        with pytest.raises(ReconcileError, match=text):
            r.predict(statements({**row, **special}))


def test_residuals_are_those_of_the_others() -> None:
    rows = weekly_programme(STEADY, (0, 11)).statements
    residuals = quick(rows).residuals()
    total = residuals.loc["page-12.01"]
    assert total["median"] == pytest.approx(sum(STEADY), rel=0.02)
    assert abs(total["z"]) < 1
    assert sorted(residuals.index) == sorted(rows["statement_id"])
    assert (residuals["lower_95"] < residuals["median"]).all()


def test_districts_answer_however_they_are_written() -> None:
    local = [notice(weeks_of(STEADY) / 4, *span, district="Aghdam") for span in [(0, 3), (4, 11)]]
    rows = pd.concat(
        [weekly_programme(STEADY).statements, statements(*local)], ignore_index=True
    ).assign(statement_id=lambda frame: [f"s-{n}.01" for n in frame.index])
    assert same(quick(rows, district="Aghdam"), quick(rows, district="AĞHDAM"))
    # Other spellings are the dataset's to declare; a frame does not know them.
    for name in ("Ağdam", "Agdamm"):
        with pytest.raises(ParameterError, match=r"did you mean Aghdam\?"):
            quick(rows, district=name)


def test_an_unknown_metric_is_refused_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"did you mean area_cleared\?"):
        quick(weekly_programme(STEADY).statements, metric="area_clear")


def test_the_seed_decides_the_numbers() -> None:
    rows = weekly_programme(STEADY).statements
    assert same(quick(rows, seed=3), quick(rows, seed=3))
    assert not same(quick(rows, seed=3), quick(rows, seed=4))


# The shipped datasets.


@pytest.fixture(scope="module")
def azerbaijan() -> Reconciliation:
    return da.reconcile(da.load_statements("azerbaijan"))


@pytest.mark.parametrize(
    ("year", "published"), [(2022, 41_915), (2023, 53_081.8), (2024, 62_023.9)]
)
def test_published_years_lie_in_their_intervals(
    azerbaijan: Reconciliation, year: int, published: float
) -> None:
    total = azerbaijan.total(f"{year}-01-01", f"{year}-12-31")
    assert total["lower_95"] < published < total["upper_95"]
    assert total["median"] == pytest.approx(published, rel=0.02)


def test_the_country_is_sane(azerbaijan: Reconciliation) -> None:
    assert sane(azerbaijan)
    assert 0.3 < azerbaijan.observed().mean() < 1
    residuals = azerbaijan.residuals()
    assert (residuals["set_aside"] > 0.5).mean() < 0.1
    assert residuals["z"].abs().median() < 1.5


@pytest.mark.slow
def test_the_agency_has_its_published_part_of_2023() -> None:
    r = da.reconcile(da.load_statements("azerbaijan"), operator="ANAMA")
    total = r.total("2023-01-01", "2023-12-31")
    assert total["lower_95"] < 32_823.9 < total["upper_95"]
    assert sum(r.weekly_draws(part) for part in r.parts) == pytest.approx(r.weekly_draws("all"))


# Figures of these scopes contradict each other: whole steps of their fits would swing for ever.
@pytest.mark.parametrize("scope", [{"operator": "ANAMA"}, {"land_use": "agriculture"}])
def test_a_fit_has_come_to_rest(scope: dict[str, Any]) -> None:
    fitted = da.reconcile(da.load_statements("azerbaijan"), **scope, draws=1).fitted
    again = newton(fitted, fitted.scales, limit=1)
    assert np.abs(again.x - fitted.x).max() < 0.01  # of the log of a week's work


def test_no_step_of_a_fit_leads_down() -> None:
    fitted = da.reconcile(da.load_statements("azerbaijan"), land_use="agriculture", draws=1).fitted
    shift = 0.3 * np.random.default_rng(0).standard_normal(len(fitted.x))
    start, target = replace(fitted, x=fitted.x + shift), _Target(fitted.design, fitted.scales)
    climbs = [newton(start, fitted.scales, limit=limit) for limit in range(1, 9)]
    heights = [target.log_density(each.misfit) for each in (start, *climbs)]
    assert all(np.diff(heights) >= 0)


def test_records_reconcile_by_the_same_call() -> None:
    records = da.load_records("colombia")
    r = da.reconcile(records)
    printed = records.groupby("period_start")["area_cleared"].sum()
    ends = pd.DatetimeIndex(printed.index) + pd.offsets.MonthEnd(0)
    months = r.totals(pd.DatetimeIndex(printed.index), ends)
    inside = printed.between(months["lower_95"], months["upper_95"])
    assert sane(r)
    assert len(printed) > 60
    assert inside.mean() > 0.9
    assert months["median"].sum() == pytest.approx(printed.sum(), rel=0.1)


# Bad input: a clear error, or wide intervals; never NaN, never a hang.


def sane(r: Reconciliation) -> bool:
    tables = [r.weekly(), r.monthly(), r.annual(), r.cumulative(), r.shares()]
    numbers = np.concatenate([table.to_numpy().ravel() for table in tables])
    residuals = r.residuals().to_numpy(dtype=float)
    return bool(np.isfinite(numbers).all() and np.isfinite(residuals).all() and numbers.min() >= 0)


def test_nothing_usable_is_refused() -> None:
    rows = weekly_programme(STEADY).statements
    for useless in (rows.head(0), rows.assign(status="planned"), rows.assign(period_end=None)):
        with pytest.raises(ReconcileError, match="nothing to reconcile for area_cleared"):
            da.reconcile(useless)
    with pytest.raises(StatementError, match="lack the column"):
        da.reconcile(pd.DataFrame())


def test_one_statement_gives_wide_weeks_and_its_total() -> None:
    whole = weeks_of(STEADY)
    r = da.reconcile(statements(notice(whole, 0, 11)))
    assert sane(r)
    assert r.annual()["median"].iloc[0] == pytest.approx(sum(STEADY), rel=0.03)
    week = r.weekly().iloc[5]
    assert week["upper_95"] > 2 * week["lower_95"]


@pytest.mark.parametrize("value", [1e12, 0.0, 1e-4])
def test_an_absurd_value_does_no_harm(value: float) -> None:
    rows = weekly_programme(STEADY, (0, 11)).statements
    r = da.reconcile(rows.assign(value=rows["value"].where(rows.index != 5, value)))
    assert sane(r)
    assert r.annual()["median"].iloc[0] == pytest.approx(sum(STEADY), rel=0.05)


@pytest.mark.parametrize("value", [1e12, 0.0])
def test_an_absurd_value_alone_is_survived(value: float) -> None:
    assert sane(da.reconcile(statements(notice(weeks_of([1.0, 1.0]), 0, 1, value=value))))


@pytest.mark.parametrize("value", [np.nan, np.inf, -5.0, 1e300])
def test_what_is_no_figure_is_refused(value: float) -> None:
    rows = weekly_programme(STEADY).statements
    with pytest.raises(DemineError, match=r"page-5.01"):
        da.reconcile(rows.assign(value=rows["value"].where(rows.index != 5, value)))


def test_days_outside_the_weeks_are_refused() -> None:
    r = quick(weekly_programme(STEADY).statements)
    for first, last in [("2021-12-31", "2022-01-31"), ("2022-01-03", "2022-12-31")]:
        with pytest.raises(ReconcileError, match="is not inside the reconciled weeks, 2022-01-03"):
            r.total(first, last)
    with pytest.raises(ReconcileError, match="not before it"):
        r.total("2022-02-01", "2022-01-01")


def test_a_date_of_another_century_is_asked_about() -> None:
    rows = weekly_programme(STEADY).statements
    early = rows.assign(
        period_start=rows["period_start"].where(rows.index != 5, pd.Timestamp("1822-01-03"))
    )
    with pytest.raises(ReconcileError, match="Is one of these dates a misprint"):
        da.reconcile(early)


def test_an_end_before_its_start_is_refused() -> None:
    rows = weekly_programme(STEADY).statements
    turned = rows.assign(
        period_end=rows["period_end"].where(rows.index != 5, pd.Timestamp("2022-01-10"))
    )
    with pytest.raises(DemineError, match=r"page-5.01"):
        da.reconcile(turned)


# What is kept inside a reconciliation.


def test_what_a_caller_writes_into_a_result_does_not_come_back() -> None:
    r = quick(weekly_programme(STEADY).statements)
    before = r.weekly(), r.residuals(), r.total(r.start, r.end)
    r.weekly_draws()[:] = 0.0
    frame = r.residuals()
    frame["z"] = 99.0
    frame.loc[frame.index[0], "printed"] = 99.0
    after = r.weekly(), r.residuals(), r.total(r.start, r.end)
    pd.testing.assert_frame_equal(after[0], before[0])
    pd.testing.assert_frame_equal(after[1], before[1])
    pd.testing.assert_series_equal(after[2], before[2])


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023Q3", "2023-07-01", "2023-09-30"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        (pd.Period("2023-02"), "2023-02-01", "2023-02-28"),
    ],
)
def test_a_total_of_a_whole_period(period: str | pd.Period, first: str, last: str) -> None:
    r = quick(printed(steady()))
    assert r.total(period).equals(r.total(first, last))


@pytest.mark.parametrize("period", ["2023-13", "2023Q5", "last year", "23", None, 2023])
def test_what_is_no_period_is_refused(period: object) -> None:
    r = quick(weekly_programme(STEADY).statements)
    with pytest.raises(ParameterError, match="must be a period such as 2024, 2024Q3 or 2024-07"):
        r.total(period)  # type: ignore[arg-type]  # refused
