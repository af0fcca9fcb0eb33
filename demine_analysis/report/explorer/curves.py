"""The lines of the chart: one a selection, or one a year, with the published figures beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from demine_analysis import published
from demine_analysis.wording import formats

from .selection import told_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from demine_analysis.report.series import Series
    from demine_analysis.scope import Scope

    from .selection import Shown

_WEEK = pd.Timedelta(days=6)


class Form(NamedTuple):
    """How selections are drawn.

    Parameters
    ----------
    weekly : bool
        The work of each week; else the running total.
    by_year : bool
        Each year a line of its own, from the first day of the year on.
    """

    weekly: bool = False
    by_year: bool = False


class Curve(NamedTuple):
    """A line with its bands, and the published figures that count the same.

    Parameters
    ----------
    name : str
        What tells it from the others; empty where there is no other.
    scope : Scope
        What it counts, with the first and last day where they are limited.
    frame : DataFrame
        An interval frame, with the last day of each value in `through`.
    printed : DataFrame
        As from `published`, with `period_end`.
    shown : Shown
        The selection that it is of.
    """

    name: str
    scope: Scope
    frame: pd.DataFrame
    printed: pd.DataFrame
    shown: Shown


def curves(chosen: Sequence[Shown], form: Form) -> list[Curve]:
    """Return the lines of selections that have figures; two that are the same are one."""
    names = told_apart([each.selection for each in chosen])
    if not any(names):
        chosen, names = chosen[:1], names[:1]
    parts = [
        _curve(", ".join(filter(None, (name, year))), part, shown, form)
        for name, shown in zip(names, chosen, strict=True)
        for year, part in _parts(shown.series, form)
    ]
    return [each for each in parts if len(each.frame) or len(each.printed)]


def years_of(series: Series) -> dict[int, tuple[str, str]]:
    """Return the first and last day of each year that a series shows."""
    days = series.cumulative()["through"]
    if days.empty:
        return {}
    start, end = series.scope.start or "", series.scope.end or "9999-12-31"
    return {
        year: (max(start, f"{year}-01-01"), min(end, f"{year}-12-31"))
        for year in range(days.iloc[0].year, days.iloc[-1].year + 1)
    }


def _parts(series: Series, form: Form) -> Iterator[tuple[str, Series]]:
    """Yield a series whole, or each of its years."""
    if not form.by_year:
        yield "", series
        return
    for year, (start, end) in years_of(series).items():
        yield formats.year(year), replace(series, scope=series.scope.but(start=start, end=end))


def _curve(name: str, series: Series, shown: Shown, form: Form) -> Curve:
    if form.weekly:
        frame = series.weekly()
        frame = frame.assign(through=frame.index + _WEEK)
        printed = published.weekly(shown.statements, series.scope)
    else:
        frame, printed = series.cumulative(), _running(shown, series)
    return Curve(name, series.scope, frame, printed, shown)


def _running(shown: Shown, series: Series) -> pd.DataFrame:
    """Return the published running totals that do not begin before the first day drawn."""
    totals = series.judge(published.cumulative(shown.statements, series.scope))
    totals = totals.assign(period_end=totals.index)
    if series.scope.start is None:
        return totals
    return totals[totals["printed_start"] >= pd.Timestamp(series.scope.start)]
