"""What a result shows of itself: a few lines in a terminal, a table with a sparkline in JupyterLab.

The sparkline takes the colour of the text around it, so that it reads in light and dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from demine_analysis.vocabulary import LAND_USES, METRICS, OPERATORS, UNIT_OF_METRIC, UNITS, label
from demine_analysis.wording import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demine_analysis.scope import Scope

#: A figure is set aside where it more likely than not does not count what it says, or where it
#: is this many standard deviations away from what all the others say.
SET_ASIDE = 0.5
FAR = 4.0

_WIDTH, _HEIGHT, _EDGE = 320.0, 56.0, 2.0
_YEARS = 3
_FEWEST = 3
_CELL = "text-align:left;vertical-align:top;padding:.1em 1em .1em 0;background:none"


class Reconciled(Protocol):
    """What is asked of a series; `Reconciliation` is one."""

    @property
    def scope(self) -> Scope:
        """What it counts."""

    @property
    def start(self) -> pd.Timestamp:
        """The first day that a figure counts."""

    @property
    def end(self) -> pd.Timestamp:
        """The last day that a figure counts."""

    def weekly(self) -> pd.DataFrame:
        """Return an interval frame of weeks."""

    def monthly(self) -> pd.DataFrame:
        """Return an interval frame of months."""

    def annual(self) -> pd.DataFrame:
        """Return an interval frame of years."""

    def total(self, start: pd.Timestamp, end: pd.Timestamp) -> pd.Series:
        """Return the work of some days with its intervals."""

    def residuals(self) -> pd.DataFrame:
        """Return the figures used beside what the others say."""

    def observed(self) -> pd.Series:
        """Return for each week whether it has a notice of its own."""


@dataclass(frozen=True)
class Summary:
    """A result in short.

    Parameters
    ----------
    title : str
        What it is.
    rows : sequence of (str, str)
        What is told of it, and the telling.
    band : DataFrame
        Interval frame for the sparkline.
    begins : Timestamp or None
        Where what is projected begins.
    """

    title: str
    rows: Sequence[tuple[str, str]]
    band: pd.DataFrame
    begins: pd.Timestamp | None = None

    def text(self) -> str:
        """Return a few lines for a terminal."""
        width = max(len(name) for name, _ in self.rows)
        return "\n".join([self.title, *(f"  {name:<{width}}  {said}" for name, said in self.rows)])

    def html(self) -> str:
        """Return a table with a sparkline, every text escaped."""
        rows = "".join(
            f'<tr style="background:none"><th scope="row" style="{_CELL};font-weight:normal">'
            f'{escape(name)}</th><td style="{_CELL}">{escape(said)}</td></tr>'
            for name, said in self.rows
        )
        return (
            f'<div class="demine-summary"><p style="margin:.3em 0"><strong>{escape(self.title)}'
            f"</strong></p>{sparkline(self.band, begins=self.begins)}"
            f'<table style="margin:.3em 0;color:inherit">{rows}</table></div>'
        )


def sparkline(band: pd.DataFrame, *, begins: pd.Timestamp | None = None) -> str:
    """Return the median of an interval frame with its 80% band as a small SVG.

    Parameters
    ----------
    band : DataFrame
        An interval frame with an index of days.
    begins : Timestamp, optional
        Where an upright line marks the end of the data.
    """
    if len(band) < _FEWEST:
        return ""
    days = pd.DatetimeIndex(band.index)
    across = np.linspace(_EDGE, _WIDTH - _EDGE, len(band))
    top = float(band["upper_80"].max()) or 1.0
    down = {
        name: _HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * band[name].to_numpy() / top
        for name in ("median", "lower_80", "upper_80")
    }
    area = _points(across, down["upper_80"]) + " " + _points(across[::-1], down["lower_80"][::-1])
    mark = ""
    if begins is not None and days[0] <= begins <= days[-1]:
        at = f"{across[int(days.searchsorted(begins))]:.1f}"
        mark = (
            f'<line x1="{at}" x2="{at}" y1="0" y2="{_HEIGHT:g}" stroke="currentColor" '
            'stroke-dasharray="3 3" opacity=".6"/>'
        )
    said = escape(_described(band))
    return (
        f'<svg role="img" aria-label="{said}" width="{_WIDTH:g}" height="{_HEIGHT:g}" '
        f'viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" style="max-width:100%"><title>{said}</title>'
        f'<polygon points="{area}" fill="currentColor" opacity=".25"/>{mark}'
        f'<polyline points="{_points(across, down["median"])}" fill="none" '
        'stroke="currentColor" stroke-width="1.5"/></svg>'
    )


def of_reconciliation(r: Reconciled) -> Summary:
    """Return a reconciliation in short: scope, last years, and how far the data carry it."""
    unit = unit_of(r.scope)
    rows = [("data through", formats.date(r.end)), *as_of_row(r.scope)]
    rows += [
        (str(pd.Timestamp(str(day)).year), estimated(row, unit))
        for day, row in _whole_years(r).iterrows()
    ]
    begun = pd.Timestamp(r.end.year, 1, 1)
    if r.end + pd.Timedelta(days=1) < pd.Timestamp(r.end.year + 1, 1, 1) and begun >= r.start:
        rows.append((f"{r.end.year} so far", estimated(r.total(begun, r.end), unit)))
    since = f"since {formats.date(r.start)}"
    rows += [(since, estimated(r.total(r.start, r.end), unit)), *_evidence(r)]
    return Summary(f"Reconciliation: {in_words(r.scope)}", rows, whole_months(r))


def set_aside(residuals: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `Reconciliation.residuals` whose figures the others contradict."""
    return residuals[(residuals["z"].abs() > FAR) | (residuals["set_aside"] > SET_ASIDE)]


def whole_months(r: Reconciled) -> pd.DataFrame:
    """Return the months that are counted from end to end; the weeks of a series of few months."""
    frame = r.monthly()
    ends = pd.DatetimeIndex(frame.index) + pd.offsets.MonthEnd(0)
    whole = frame[(frame.index >= r.start) & (ends <= r.end)]
    return whole if len(whole) >= _FEWEST else r.weekly()


def in_words(scope: Scope) -> str:
    """Return what a scope counts, whose work, where and for what use."""
    parts = [label(scope.metric, METRICS), label(scope.operator, OPERATORS)]
    parts.append("all districts" if scope.district == "all" else scope.district)
    return ", ".join([*parts, label(scope.land_use, LAND_USES)])


def as_of_row(scope: Scope) -> list[tuple[str, str]]:
    """Return the day up to which publications count, where there is one."""
    return (
        []
        if scope.as_of is None
        else [("as published by", formats.date(pd.Timestamp(scope.as_of)))]
    )


def unit_of(scope: Scope) -> str:
    """Return the unit of a scope's metric."""
    return UNITS[UNIT_OF_METRIC[scope.metric]].label


def estimated(row: pd.Series, unit: str) -> str:
    """Return a row of an interval frame: median, unit and 80% interval."""
    step = formats.step_of(row["lower_80"], row["upper_80"])
    span = formats.interval(row["lower_80"], row["upper_80"])
    return f"{formats.number(row['median'], step=step)} {unit} (80% interval {span})"


def _whole_years(r: Reconciled) -> pd.DataFrame:
    frame = r.annual()
    ends = pd.DatetimeIndex(frame.index) + pd.offsets.YearEnd(0)
    return frame[(frame.index >= r.start) & (ends <= r.end)].tail(_YEARS)


def _evidence(r: Reconciled) -> list[tuple[str, str]]:
    """Return how many figures and weeks a series rests on."""
    figures, seen = r.residuals(), r.observed()
    used = formats.number(figures.index.nunique())
    aside = formats.number(set_aside(figures).index.nunique())
    weeks = f"{formats.number(int(seen.sum()))} of {formats.number(len(seen))}"
    return [
        ("weeks with a notice", f"{weeks} ({formats.percent(float(seen.mean()))})"),
        ("statements", f"{used} used, {aside} of them set aside"),
    ]


def _described(band: pd.DataFrame) -> str:
    days = pd.DatetimeIndex(band.index)
    low, high = band["median"].min(), band["median"].max()
    return (
        f"{len(band)} values from {formats.month(days[0])} to {formats.month(days[-1])}, between "
        f"{formats.number(low)} and {formats.number(high)}; "
        f"the last is {formats.number(band['median'].iloc[-1])}; with 80% band"
    )


def _points(across: np.ndarray, down: np.ndarray) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
