"""The reconciled series of a report, cut to the days it shows, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis.errors import (
    ContradictionError,
    ParameterError,
    ReconcileError,
    StatementError,
)
from demine_analysis.reconciliation import rates
from demine_analysis.reconciliation.casualties import victims
from demine_analysis.reconciliation.evidence.parts import REST
from demine_analysis.reconciliation.fitting import reconcile
from demine_analysis.reconciliation.intervals import COLUMNS, interval_frame
from demine_analysis.reconciliation.result import Reconciliation
from demine_analysis.reconciliation.summaries import set_aside as contradicted
from demine_analysis.scope import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from demine_analysis.scope import Scope

_DAY = pd.Timedelta(days=1)
_WEEK = pd.Timedelta(days=7)


@dataclass(frozen=True)
class Series:
    """What a report draws of a reconciliation.

    Parameters
    ----------
    scope : Scope
        What the report is about; `start` and `end` cut every frame.
    reconciliation : Reconciliation or None
        None where the published figures do not allow one.
    reason : str
        Why there is none, for callers.
    contradicted : bool
        Whether that is because the figures contradict each other.
    """

    scope: Scope
    reconciliation: Reconciliation | None
    reason: str = ""
    contradicted: bool = False

    @property
    def state(self) -> str:
        """Return what the index of a site says of a page that has no series, in its language."""
        if not self.reason:
            return ""
        return "no series: the figures contradict each other" if self.contradicted else "no series"

    def through(self, used: pd.DataFrame) -> pd.Timestamp:
        """Return the last day that counts: the series' end, else that of the figures `used`."""
        last = self.reconciliation.end if self.reconciliation else used["period_end"].max()
        return min(last, pd.Timestamp(self.scope.end)) if self.scope.end else last

    def operators(self) -> tuple[str, ...]:
        """Return the operators that the whole is the sum of, where hardly a figure counts all."""
        done = self.reconciliation
        summed = done is not None and self.scope.is_whole and REST not in done.parts
        return done.parts if done and summed and done.parts != (WHOLE,) else ()

    def observed(self) -> pd.Series:
        """Return for each week whether it has a notice of its own, as `Reconciliation.observed`."""
        if self.reconciliation is None:
            return pd.Series(dtype=bool)
        seen = self.reconciliation.observed()
        return seen[self._covered(self._cut(seen.to_frame())).index]

    def this_year(self) -> pd.DataFrame:
        """Return the `change` of a year that has not ended against the same days before."""
        done = self.reconciliation
        if done is None or (done.end + _DAY).year > done.end.year:
            return _nothing(through=True)
        return self.change(done.end.year)

    def weekly(self) -> pd.DataFrame:
        """Return the work of each week as an interval frame."""
        if self.reconciliation is None:
            return _nothing()
        return self._covered(self._cut(self.reconciliation.weekly()))

    def weekly_rate(self) -> pd.DataFrame:
        """Return the work of each week in units a day, as an interval frame."""
        return self.weekly() / _WEEK.days

    def rolling_rate(self, window: str) -> pd.DataFrame:
        """Return the rolling mean pace, as from `rates.clearance_rate`."""
        return self._covered(self._rated(lambda done: rates.clearance_rate(done, window)))

    def season(self) -> pd.DataFrame:
        """Return the yearly season, as from `rates.season`."""
        if self.reconciliation is None:
            return _nothing().rename_axis("week")
        return rates.season(self.reconciliation)

    def changes(self) -> pd.DataFrame:
        """Return when the pace changed, as from `rates.rate_changes`."""
        return self._rated(rates.rate_changes)

    def same_days(self) -> pd.DataFrame:
        """Return this year's pace beside earlier years', as from `rates.year_comparison`."""
        return self._rated(rates.year_comparison)

    def quarters(self) -> pd.DataFrame:
        """Return the pace of each whole quarter, as from `rates.quarters`."""
        return self._rated(rates.quarters)

    def coverage(self) -> pd.DataFrame:
        """Return what each week rests on.

        Returns
        -------
        DataFrame
            Index `period_start`; `kind`: ``week`` (a notice of its own), ``month`` (inside a
            monthly notice) or ``none`` (longer totals alone).
        """
        done = self.reconciliation
        if done is None:
            return pd.DataFrame({"kind": pd.Series(dtype=str)}, index=_nothing().index)
        figures = done.evidence.figures
        months = figures[figures["kind"] == "month"]
        middle = done.weeks.to_numpy()[:, None] + (_WEEK / 2).to_numpy()
        inside = (months["start"].to_numpy() <= middle) & (middle <= months["end"].to_numpy())
        kind = np.select([done.observed(), inside.any(axis=1)], ["week", "month"], "none")
        return self._covered(self._cut(pd.DataFrame({"kind": kind}, index=done.weeks)))

    def monthly(self) -> pd.DataFrame:
        """Return the work of each month as an interval frame; the first counts the days shown."""
        if self.reconciliation is None:
            return _nothing()
        return self._from_first_day(self.reconciliation.monthly(), "M")

    def cumulative(self) -> pd.DataFrame:
        """Return the work since the first day that is shown, up to the end of each week.

        Returns
        -------
        DataFrame
            An interval frame. The first week counts from the first day, and the last one to the
            last day that the data cover, as months and years do; `through` is the last day
            counted.
        """
        done = self.reconciliation
        if done is None:
            return _nothing(through=True)
        first = max(pd.Timestamp(self.scope.start or done.start), done.start)
        last = min(pd.Timestamp(self.scope.end or done.end), done.end)
        if last < first:
            return _nothing(through=True)
        weeks = pd.DatetimeIndex(self._cut(pd.DataFrame(index=done.weeks)).index)
        weeks = weeks[weeks + _WEEK > first]
        days = pd.DatetimeIndex([min(week + _WEEK - _DAY, last) for week in weeks])
        draws = done.total_draws(pd.DatetimeIndex([first] * len(days)), days)
        return interval_frame(draws, weeks).assign(through=days)

    def annual(self) -> pd.DataFrame:
        """Return the work of each year as an interval frame; `through` is its last day counted.

        The first year counts the days that are shown.
        """
        done = self.reconciliation
        if done is None:
            return _nothing(through=True)
        periods = pd.period_range(done.start, done.end, freq="Y")
        days = periods.end_time.normalize()
        ends = days.where(days <= done.end, done.end)
        return self._from_first_day(done.annual().assign(through=ends), "Y")

    def change(self, year: int) -> pd.DataFrame:
        """Return how a year's work compares with the year before, as far as both are counted.

        Returns
        -------
        DataFrame
            One row, index `period_start`: the relative change (0.1 is 10% more) with its
            intervals from draws, and `through`, the last day of the year that counts. No row
            where the year before is not counted from its first day on, or nothing was done in it.
        """
        done = self.reconciliation
        if done is None or not year:
            return _nothing(through=True)
        first, before = pd.Timestamp(year, 1, 1), pd.Timestamp(year - 1, 1, 1)
        if before < done.start or first > done.end:
            return _nothing(through=True)
        last = min(pd.Timestamp(year, 12, 31), done.end)
        starts = pd.DatetimeIndex([before, first])
        ends = pd.DatetimeIndex([last - pd.DateOffset(years=1), last])
        draws = done.total_draws(starts, ends)
        if not draws[0].all():
            return _nothing(through=True)
        index = pd.DatetimeIndex([first], name="period_start")
        return interval_frame(draws[1:] / draws[:1] - 1, index).assign(through=last)

    def set_aside(self) -> pd.DataFrame:
        """Return the figures that the others contradict.

        Returns
        -------
        DataFrame
            As `Reconciliation.residuals`, the most surprising first.
        """
        figures = contradicted(self.fitted())
        return figures.loc[figures["z"].abs().sort_values(ascending=False, kind="stable").index]

    def fitted(self) -> pd.DataFrame:
        """Return the figures that the series is fitted to, as `Reconciliation.residuals`."""
        if self.reconciliation is None:
            return pd.DataFrame(columns=["printed", *COLUMNS, "z", "set_aside"])
        return self.reconciliation.residuals()

    def doubted(self, points: pd.DataFrame) -> pd.DataFrame:
        """Return published figures with `set_aside`: whether the others contradict them."""
        return points.assign(set_aside=points["statement_id"].isin(self.set_aside().index))

    def judge(self, points: pd.DataFrame) -> pd.DataFrame:
        """Return published running totals with the reconciliation's verdict, not the plain one."""
        if self.reconciliation is None:
            return points
        doubted = points["statement_id"].isin(self.set_aside().index)
        reason = points["reason"].where(points["reason"] != "does not fit", "")
        reason = reason.mask(doubted & (reason == ""), "contradicts the other figures")
        return points.assign(reason=reason, set_aside=reason != "")

    def _rated(self, rate: Callable[[Reconciliation], pd.DataFrame]) -> pd.DataFrame:
        """Return one of the frames of `rates`, empty where too little is reconciled for it."""
        if self.reconciliation is None:
            return _nothing()
        try:
            return self._cut(rate(self.reconciliation))
        except (ParameterError, ReconcileError):
            return _nothing()

    def _from_first_day(self, frame: pd.DataFrame, frequency: str) -> pd.DataFrame:
        """Return months or years cut to the days shown, the first by the days that it shows."""
        shown, done = self._cut(frame), self.reconciliation
        first = pd.Timestamp(self.scope.start) if self.scope.start else None
        if done is None or first is None or not done.start < first <= done.end:
            return shown
        period = first.to_period(frequency)
        if period.start_time == first:
            return shown
        row = frame[frame.index == period.start_time].copy()
        last = min(period.end_time.normalize(), done.end)
        row[COLUMNS] = done.totals(pd.DatetimeIndex([first]), pd.DatetimeIndex([last])).to_numpy()
        return pd.concat([row, shown])

    def _covered(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return weeks without one that the data leave before its middle: it tells of no days."""
        done = self.reconciliation
        if done is None:
            return frame
        return frame[pd.DatetimeIndex(frame.index) + _WEEK / 2 <= done.end + _DAY]

    def _cut(self, frame: pd.DataFrame) -> pd.DataFrame:
        first = pd.Timestamp(self.scope.start) if self.scope.start else frame.index.min()
        last = pd.Timestamp(self.scope.end) if self.scope.end else frame.index.max()
        return frame[(frame.index >= first) & (frame.index <= last)]


def series(evidence: pd.DataFrame, scope: Scope) -> Series:
    """Reconcile what a report is about.

    Parameters
    ----------
    evidence : DataFrame
        As from `load_statements` or `load_records`.
    scope : Scope
        What to reconcile, and which days to show.

    Returns
    -------
    Series
        Where the figures do not allow a reconciliation, its frames are empty and `reason` says
        why.
    """
    try:
        done = reconcile(
            evidence,
            metric=scope.metric,
            district=scope.district,
            operator=scope.operator,
            land_use=scope.land_use,
            as_of=scope.as_of,
        )
    except (ReconcileError, StatementError) as cause:
        return Series(scope, None, str(cause), isinstance(cause, ContradictionError))
    return Series(scope, done)


def quarterly_victims(casualties: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return mine victims by quarter, as from `casualties.victims`, cut to the days of the scope.

    Returns
    -------
    DataFrame
        Empty where no stated total can be used.
    """
    try:
        frame = victims(casualties, as_of=scope.as_of)
    except ParameterError:
        return _nothing(through=True).assign(kind="")
    first = pd.Timestamp(scope.start) if scope.start else frame.index.min()
    last = pd.Timestamp(scope.end) if scope.end else frame.index.max()
    return frame[(frame.index >= first) & (frame.index <= last)]


def _nothing(*, through: bool = False) -> pd.DataFrame:
    empty = pd.DatetimeIndex([], name="period_start")
    frame = pd.DataFrame(columns=COLUMNS, index=empty, dtype=float)
    return frame.assign(through=empty) if through else frame
