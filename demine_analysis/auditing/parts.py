"""Parts that are larger than the whole: an operator's or district's figure beyond the country's."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from demine_analysis.auditing.expected import Expectation
from demine_analysis.auditing.findings import Finding
from demine_analysis.auditing.sums import bounded
from demine_analysis.reconciliation.evidence.parts import REST
from demine_analysis.reconciliation.result import Reconciliation
from demine_analysis.scope import WHOLE

_SLACK = 3.0
"""How often a part may hold the upper end of the whole's 95% interval."""

_LEAST_DAYS = pd.Timedelta(days=27)
"""Shorter figures are not judged: one depot blown up is more than a usual week's work."""

_WHOLE = ("all", "unstated")
_POWERS = {1: "decimal_point", 2: "decimal_point", 3: "thousands_separator"}


def beyond_whole(statements: pd.DataFrame, expected: dict[str, Expectation]) -> list[Finding]:
    """Return figures of one operator, district or land use that exceed the country's total.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    expected : dict of str to Expectation
        By metric.
    """
    rows = bounded(statements[statements["status"] == "achieved"])
    whole = (
        rows["operator"].isin(_WHOLE) & (rows["district"] == "all") & (rows["land_use"] == "all")
    )
    return [
        finding
        for metric, part in rows[~whole].groupby("metric")
        if metric in expected
        for finding in _beyond(part, expected[str(metric)])
    ]


def _beyond(part: pd.DataFrame, expected: Expectation) -> Iterator[Finding]:
    series = expected.series
    part = part[part["period_end"] - part["period_start"] >= _LEAST_DAYS]
    inside = (part["period_end"] <= series.end) & (part["period_start"] <= part["period_end"])
    part = part[inside & (part["period_end"] >= series.start)]
    if part.empty:
        return
    late = part["period_start"] > series.start
    starts = pd.DatetimeIndex(part["period_start"].where(late, series.start))
    limits = series.totals(starts, pd.DatetimeIndex(part["period_end"]))["upper_95"].to_numpy()
    for (_, row), limit in zip(part.iterrows(), limits, strict=True):
        # Work before the series' first day cannot be judged by it.
        early = (series.start - row["period_start"]).days
        if row["lower"] > _SLACK * limit and early <= (row["period_end"] - series.start).days:
            yield _finding(row, float(limit))


def below_parts(statements: pd.DataFrame, expected: dict[str, Expectation]) -> list[Finding]:
    """Return figures of the whole that are smaller than what its operators did in their days.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    expected : dict of str to Expectation
        By metric. Where the series counts figures of the whole itself, they are judged by it.
    """
    rows = bounded(statements[statements["status"] == "achieved"])
    country = rows[(rows["district"] == "all") & (rows["land_use"] == "all")]
    # "More than a million" is true of any more.
    whole = country[(country["operator"] == "all") & (country["qualifier"] != "at_least")]
    return [
        Finding((row["statement_id"],), "whole_below_parts", "scope")
        for metric, figures in whole.groupby("metric")
        if metric in expected and _is_sum(expected[str(metric)].series)
        for _, row in _smaller(figures, expected[str(metric)].series).iterrows()
    ]


def _is_sum(series: Reconciliation) -> bool:
    """Return whether a series is the sum of operators, to which no figure of the whole belongs."""
    return WHOLE not in series.parts and REST not in series.parts


def _smaller(figures: pd.DataFrame, series: Reconciliation) -> pd.DataFrame:
    inside = (figures["period_start"] >= series.start) & (figures["period_end"] <= series.end)
    figures = figures[inside]
    if figures.empty:
        return figures
    starts, ends = (
        pd.DatetimeIndex(figures["period_start"]),
        pd.DatetimeIndex(figures["period_end"]),
    )
    least = series.totals(starts, ends)["lower_95"].to_numpy()
    return figures[figures["upper"].to_numpy() < least]


def _finding(row: pd.Series, limit: float) -> Finding:
    own = (row["statement_id"],)
    for places, reading in _POWERS.items():
        value = float(f"{row['value'] / 10**places:.10g}")
        if value <= limit and row["value"] > 10**places:
            return Finding(own, "part_exceeds_whole", reading, value)
    return Finding(own, "part_exceeds_whole", "scope")
