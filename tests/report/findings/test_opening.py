"""The sentence that a report opens with says what the frames say, at the edges too."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import change, interval, totals, weeks, years

from demine_analysis.report import findings
from demine_analysis.vocabulary import METRICS

NOTHING = totals([])


def annual(last_day: str) -> pd.DataFrame:
    ends = pd.to_datetime(["2022-12-31", "2023-12-31", last_day])
    return interval(years(2022, 3), centre=40000, spread=0.02).assign(through=ends)


def trend(last_day: str, compared: pd.DataFrame, metric: str = "area_cleared") -> str:
    return findings.trend_opening(
        metric=metric, years=annual(last_day), change=compared, this_year=compared,
        annual=NOTHING, running=NOTHING,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [(0.05, 0.25, ", 15% more than in 2023."),
     (-0.25, -0.05, ", 15% less than in 2023."),
     (-0.05, 0.15, ", about as much as in 2023."),
     (0.0, 0.0, ", about as much as in 2023.")],
)  # fmt: skip
def test_a_whole_year_is_compared_with_the_one_before(
    lower: float, upper: float, words: str
) -> None:
    said = trend("2024-12-31", change(lower, upper))
    # Three points of `interval` about 40,000: the last is 80,000.
    assert said == f"In 2024, about 80,000 hectares were cleared{words}"


def test_a_begun_year_is_compared_with_the_same_days() -> None:
    said = trend("2024-08-24", change(-0.25, -0.05))
    assert said == (
        "From 1 January 2024 to 24 August 2024, about 80,000 hectares were cleared, "
        "15% less than in the same days of 2023."
    )
    assert trend("2024-08-24", change(0, 1).head(0)).endswith("hectares were cleared.")


def test_without_a_series_the_published_figures_speak() -> None:
    def said(published: pd.DataFrame, running: pd.DataFrame) -> str:
        return findings.trend_opening(
            metric="area_cleared", years=NOTHING, change=NOTHING, this_year=NOTHING,
            annual=published, running=running,
        )  # fmt: skip

    assert said(totals([100.0, 150.0]), NOTHING).startswith("In 2022, 150 hectares were published")
    assert said(NOTHING, NOTHING.assign(set_aside=False)).startswith("No running total")


@pytest.mark.parametrize("metric", sorted(set(METRICS) - {"contaminated_area"}))
def test_every_metric_has_a_verb(metric: str) -> None:
    said = trend("2024-12-31", change(0.05, 0.25), metric)
    assert said.startswith("In 2024, about 80,000 ")
    assert " were " in said


@pytest.mark.parametrize(
    ("now", "words"),
    [(50, ", 50% less than in the same weeks a year before."),
     (200, ", 100% more than in the same weeks a year before."),
     (101, ", about as much as in the same weeks a year before.")],
)  # fmt: skip
def test_pace_is_compared_with_the_same_weeks_a_year_before(now: float, words: str) -> None:
    then = interval(weeks(1), centre=100.0, spread=0.02)
    rows = pd.concat([then] * 52 + [interval(weeks(1), centre=now, spread=0.02)])
    said = findings.rate_opening(rows, "mines", 4)
    assert said.startswith("In the last 4 weeks about ")
    assert said.endswith(f"mines were found a day{words}")
    assert findings.rate_opening(then.head(0), "mines", 4).startswith("No pace")
    assert findings.rate_opening(rows.tail(52), "mines", 4).endswith("found a day.")


def ahead(middle: object, **assumed: object) -> str:
    dates = pd.DataFrame({"median": [middle]})
    given = {"metric": "area_cleared", "scenario": "status_quo", "growth": 0.0} | assumed
    total = interval(pd.DatetimeIndex(["2030-12-31"]), centre=610e3, spread=0.01)
    return findings.projection_opening(dates=dates, total=total, **given)  # type: ignore[arg-type]  # by name


def test_projection_tells_the_month_of_completion_or_else_the_total() -> None:
    assert ahead(pd.Timestamp("2035-11-15")) == (
        "If work goes on as it did in the last year, the chance is even that all contaminated land "
        "is cleared by November 2035."
    )
    assert ahead(pd.NaT, scenario="growth", growth=5.0).startswith(
        "If capacity changes by 5 % a year, the total will reach about 610,"
    )
    assert ahead(pd.NaT, scenario="pause").startswith("If work rests for a year")
    assert ahead(pd.NaT).endswith(" hectares by 31 December 2030.")
    nothing = findings.projection_opening(
        metric="mines", dates=NOTHING, total=NOTHING, scenario="status_quo", growth=0.0
    )
    assert nothing == "Nothing can be projected for this selection."


def test_audit_counts_what_looks_wrong() -> None:
    found = pd.DataFrame({"factor": [10.0, 0.4, 1.5, float("nan")]})
    statements = pd.DataFrame(index=range(2000))
    assert findings.audit_opening(found, statements) == (
        "4 of 2,000 published figures look wrong; 2 by more than a factor of two."
    )
    assert findings.audit_opening(found.head(1), statements).startswith(
        "1 of 2,000 published figures looks"
    )
    assert findings.audit_opening(found.head(0), statements) == (
        "None of 2,000 published figures looks wrong."
    )
