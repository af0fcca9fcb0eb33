"""What a reconciliation answers: totals of any days with quantiles, predictions, residuals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis import model
from demine_analysis.arguments import span
from demine_analysis.errors import ReconcileError
from demine_analysis.frames import tidied
from demine_analysis.reconciliation import keeping, summaries
from demine_analysis.reconciliation.evidence.days import closed, day_shares
from demine_analysis.reconciliation.evidence.parts import Evidence
from demine_analysis.reconciliation.intervals import interval_frame, running_sums
from demine_analysis.reconciliation.placing import KINDS, figures_on_grid, positions
from demine_analysis.reconciliation.statements import first_days, notice_kind
from demine_analysis.scope import WHOLE, Scope
from demine_analysis.vocabulary import describe_allowed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PREDICTABLE = (
    "metric", "period", "period_start", "period_end", "operator", "district", "land_use",
)  # fmt: skip
"""Columns that a statement needs to be predicted."""

_FARTHEST = 100.0
"""Power of e beyond which an expectation says nothing; larger ones would not be finite."""


@dataclass(frozen=True, eq=False)
class Reconciliation:
    """A reconciled series: totals of any days with quantiles, all taken from the same draws.

    Parameters
    ----------
    scope : Scope
        What was reconciled.
    evidence : Evidence
        The figures used.
    origin : Timestamp
        Monday of the first week.
    fitted : Fit
        Mode and scales.
    seed, draw_count : int
        Of the draws.
    contamination : DataFrame
        The statements of contaminated area, for projections; nothing is fitted to them.
    """

    scope: Scope
    evidence: Evidence
    origin: pd.Timestamp
    fitted: model.Fit
    seed: int
    draw_count: int
    contamination: pd.DataFrame

    def __repr__(self) -> str:
        return summaries.of_reconciliation(self).text()

    def _repr_html_(self) -> str:
        return summaries.of_reconciliation(self).html()

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the names of the parts, the one asked for first; "rest" is all others together."""
        return self.evidence.parts

    @property
    def scales(self) -> model.Scales:
        """Return the scales of the model."""
        return self.fitted.scales

    @property
    def weeks(self) -> pd.DatetimeIndex:
        """Return the Mondays of the weeks."""
        count = self.fitted.design.grid.weeks
        return pd.date_range(self.origin, periods=count, freq="7D", name="period_start")

    @property
    def start(self) -> pd.Timestamp:
        """Return the first day that a figure counts."""
        return pd.Timestamp(self.evidence.figures["start"].min())

    @property
    def end(self) -> pd.Timestamp:
        """Return the last day that a figure counts: "data through"."""
        return pd.Timestamp(self.evidence.figures["end"].max())

    @cached_property
    def draws(self) -> model.Floats:
        """Return the draws of all unknowns, (unknowns, draws)."""
        return keeping.draws(self.fitted, self.seed, self.draw_count)

    def weekly_draws(self, part: str | None = None) -> model.Floats:
        """Return the draws of each week's work, (weeks, draws), in ha or items.

        Parameters
        ----------
        part : str, optional
            One of `parts`, or "all" for their sum; by default what was asked for.
        """
        return np.array(self._weekly_of(part))

    def weekly(self, part: str | None = None) -> pd.DataFrame:
        """Return the work of each ISO week: median and intervals, index `period_start`."""
        return interval_frame(self._weekly_of(part), self.weeks)

    def monthly(self, part: str | None = None) -> pd.DataFrame:
        """Return the work of each month; the first and last count only the days that data cover."""
        return self._by_period("MS", part)

    def annual(self, part: str | None = None) -> pd.DataFrame:
        """Return the work of each year; the first and last count only the days that data cover."""
        return self._by_period("YS", part)

    def cumulative(self, part: str | None = None) -> pd.DataFrame:
        """Return the work from the first day to the end of each week."""
        return interval_frame(self.running_draws(part)[1:], self.weeks)

    def plot(self, part: str | None = None, *, ax: Axes | None = None) -> Axes:
        """Draw the work a day, week by week: the median with its 50, 80 and 95% bands.

        Parameters
        ----------
        part : str, optional
            As in `weekly_draws`.
        ax : Axes, optional
            Where to draw; by default on a new figure, which a notebook shows.
        """
        from demine_analysis import plots  # noqa: PLC0415 - a room above this one

        return plots.results.reconciled(self, part, ax)

    def running_draws(self, part: str | None = None) -> model.Floats:
        """Return the draws of the work before each week, and in all, (weeks + 1, draws)."""
        return np.array(self._running if part is None else running_sums(self._weekly_of(part)))

    def total(
        self,
        start: str | pd.Timestamp | pd.Period,
        end: str | pd.Timestamp | None = None,
        part: str | None = None,
    ) -> pd.Series:
        """Return the work of the days from `start` to `end`, both included.

        Parameters
        ----------
        start : date or period
            The first day; without `end` a whole year, quarter or month: 2024, 2024Q3, 2024-07.
        end : date, optional
            The last day.
        part : str, optional
            As in `weekly_draws`.

        Returns
        -------
        Series
            Median and intervals, in ha or items.

        Raises
        ------
        ReconcileError
            If the days are not inside the weeks that the figures cover.
        """
        first, last = span(start, end)
        frame = self.totals(pd.DatetimeIndex([first]), pd.DatetimeIndex([last]), part)
        return frame.iloc[0].rename(f"{first:%Y-%m-%d} to {last:%Y-%m-%d}")

    def totals(
        self, starts: pd.DatetimeIndex, ends: pd.DatetimeIndex, part: str | None = None
    ) -> pd.DataFrame:
        """Return the work of several spans of days, both ends included; index their starts."""
        return interval_frame(self.total_draws(starts, ends, part), starts.rename("period_start"))

    def total_draws(
        self, starts: pd.DatetimeIndex, ends: pd.DatetimeIndex, part: str | None = None
    ) -> model.Floats:
        """Return the draws of the work of several spans of days, (spans, draws)."""
        self._require_inside(starts, ends)
        running = self._running if part is None else self.running_draws(part)
        begin, over = positions(starts, ends, self.origin)
        span = model.interpolation(over, len(running)) - model.interpolation(begin, len(running))
        return np.asarray(span @ running)

    def predict(self, statements: pd.DataFrame) -> pd.DataFrame:
        """Return what each of these statements would be expected to print.

        Parameters
        ----------
        statements : DataFrame
            Columns as `load_statements` has them; `value` is not looked at. Their scope counts:
            a notice of unstated scope is expected to print its kind's share of the whole.

        Returns
        -------
        DataFrame
            Median and intervals, one row a statement, same index.

        Raises
        ------
        ReconcileError
            If a statement's days are unknown or outside the series, or if its metric, district,
            land use or operator is not what was reconciled.
        StatementError
            If the frame lacks columns, or a cell cannot be read.
        """
        return interval_frame(self.prediction_draws(statements), statements.index)

    def prediction_draws(self, statements: pd.DataFrame) -> model.Floats:
        """Return draws of what each of these statements would print, (statements, draws)."""
        statements = tidied(statements, PREDICTABLE)
        self._require_predictable(statements)
        if statements.empty:
            return np.empty((0, self.draw_count))
        table = pd.DataFrame(
            {
                "start": first_days(statements),
                "end": statements["period_end"],
                "operator": statements["operator"],
                "kind": notice_kind(statements),
                "parts": self._parts_of(statements),
                "value": 1.0,
                "lower": 1.0,
                "upper": 1.0,
            }
        )
        table = closed(table, self.evidence.closings)
        table["day_share"] = day_shares(table, self.evidence.weekdays)
        grid, centre = self.fitted.design.grid, self.fitted.design.centre
        figures = figures_on_grid(table, self.origin)
        expected = model.Design(grid, figures, centre).expected(self.draws)
        variance = model.base_variance(figures, self.scales)
        rng = np.random.default_rng([self.seed, 1])
        errors = model.noise(variance, model.odds(figures, self.scales), rng, self.draw_count)
        return np.asarray(np.exp(expected + errors))

    def residuals(self) -> pd.DataFrame:
        """Return how each statement used compares with what all the others say.

        Returns
        -------
        DataFrame
            Index `statement_id`; `printed` (its figure), `lower`, `upper` (what its rounding and
            qualifier stand for), `median`, `lower_80`, `upper_80`, `lower_95`, `upper_95`
            (expected from all other figures), `z` (log deviation over its standard deviation,
            both without the figure itself), `set_aside` (probability that it is not what it
            says: a misprint or another scope). Pages and summaries call a figure set aside where
            that is more likely than not, or where `z` is four or more either way.

        Notes
        -----
        Papers that print one figure share a row's numbers: their figure is left out as one.
        """
        # A copy: what a caller writes into it is not there the next time.
        return self._residuals.copy(deep=False)

    @cached_property
    def _residuals(self) -> pd.DataFrame:
        mean, variance = model.leave_one_out(self.fitted)
        figures, scales = self.fitted.design.figures, self.scales
        spread = np.sqrt(variance + model.base_variance(figures, scales))
        middle, side = np.clip(mean, -_FARTHEST, _FARTHEST), np.minimum(spread, _FARTHEST)
        deviation = figures.log_value - mean
        probability = model.readings(deviation, spread**2, model.odds(figures, scales))
        table = self.evidence.figures
        frame = pd.DataFrame(
            {
                "statement_id": table["statement_ids"],
                "printed": table["value"],
                "lower": table["lower"],
                "upper": table["upper"],
                "median": np.exp(middle),
                "lower_80": np.exp(middle - 1.2816 * side),
                "upper_80": np.exp(middle + 1.2816 * side),
                "lower_95": np.exp(middle - 1.96 * side),
                "upper_95": np.exp(middle + 1.96 * side),
                "z": deviation / spread,
                "set_aside": probability[:, -1],
            }
        )
        return frame.explode("statement_id").set_index("statement_id")

    def shares(self) -> pd.DataFrame:
        """Return the share of the whole that notices of unstated scope count, by kind and quarter.

        Returns
        -------
        DataFrame
            Index `kind` (`week`, `month`, `total`) and `period_start`; median and intervals.
        """
        grid = self.fitted.design.grid
        draws = np.exp(self.draws[grid.share_slice()])
        mondays = self.origin + pd.to_timedelta(np.arange(grid.knots) * 7 * 13, unit="D")
        index = pd.MultiIndex.from_product(
            [KINDS[: grid.notices], mondays], names=["kind", "period_start"]
        )
        return interval_frame(draws, index)

    def observed(self) -> pd.Series:
        """Return for each week whether a notice of that week alone was published."""
        table = self.evidence.figures
        notices = table[table["kind"].isin(["day", "week"])]
        begin, over = positions(notices["start"], notices["end"], self.origin)
        middle = ((begin + over) / 2).astype(int)
        seen = np.zeros(len(self.weeks), dtype=bool)
        seen[middle[(middle >= 0) & (middle < len(seen))]] = True
        return pd.Series(seen, index=self.weeks, name="observed")

    @cached_property
    def _running(self) -> model.Floats:
        """Return `running_draws` of what was asked for, not to be written into."""
        return running_sums(self._weekly_of(None))

    @cached_property
    def _work(self) -> model.Floats:
        """Return the draws of each week's and part's work, (weeks, parts, draws)."""
        grid = self.fitted.design.grid
        return self._worked(np.exp(self.draws[: grid.rates]))

    def _worked(self, rates: model.Floats) -> model.Floats:
        """Return work, (weeks, parts, draws), of weekly rates: none before a part's first day."""
        grid = self.fitted.design.grid
        work = rates.reshape(grid.weeks, grid.parts, -1)
        return np.asarray(work * grid.active[..., np.newaxis] if grid.first else work)

    def _weekly_of(self, part: str | None) -> model.Floats:
        """Return the draws of each week's work, (weeks, draws), not to be written into."""
        if part is not None and part != WHOLE and part not in self.parts:
            allowed = describe_allowed(part, dict.fromkeys([*self.parts, WHOLE]))
            raise ReconcileError(f"part must be {allowed}, got {part!r}")
        counted = self.evidence.asked if part is None else [part in (WHOLE, x) for x in self.parts]
        places = np.flatnonzero(counted)
        if len(places) == 1:
            return np.asarray(self._work[:, places[0]])
        return np.asarray(self._work[:, places].sum(axis=1))

    def _by_period(self, frequency: str, part: str | None) -> pd.DataFrame:
        first, last = self.start, self.end
        labels = pd.date_range(first - pd.DateOffset(years=1), last, freq=frequency)
        labels = labels[max(int(labels.searchsorted(first, side="right")) - 1, 0) :]
        starts = pd.DatetimeIndex([max(day, first) for day in labels])
        ends = pd.DatetimeIndex([*(labels[1:] - pd.Timedelta(days=1)), last])
        return self.totals(starts, ends, part).set_axis(labels.rename("period_start"), axis=0)

    def _require_inside(self, starts: pd.DatetimeIndex, ends: pd.DatetimeIndex) -> None:
        last = self.weeks[-1] + pd.Timedelta(days=6)
        if starts.hasnans or ends.hasnans or (starts > ends).any():
            raise ReconcileError("a span of days needs a start and an end that is not before it")
        if (starts < self.origin).any() or (ends > last).any():
            raise ReconcileError(
                f"{starts.min():%Y-%m-%d} to {ends.max():%Y-%m-%d} is not inside the reconciled "
                f"weeks, {self.origin:%Y-%m-%d} to {last:%Y-%m-%d}; later days are project's"
            )

    def _require_predictable(self, statements: pd.DataFrame) -> None:
        wrong = statements[
            (statements["metric"] != self.scope.metric)
            | statements["period_start"].isna()
            | statements["period_end"].isna()
        ]
        if len(wrong):
            raise ReconcileError(
                f"{len(wrong)} of {len(statements)} statements do not count {self.scope.metric} on "
                f"known days, the first in the row with index {wrong.index[0]}; leave them out"
            )
        starts = pd.DatetimeIndex(statements["period_start"])
        if len(starts):
            self._require_inside(starts, pd.DatetimeIndex(statements["period_end"]))

    def _parts_of(self, statements: pd.DataFrame) -> list[tuple[bool, ...]]:
        """Return whose work each statement counts."""
        places = zip(
            statements["operator"], statements["district"], statements["land_use"], strict=True
        )
        found = [self._part_of(*place) for place in places]
        unknown = [place for place, parts in enumerate(found) if parts is None]
        if unknown:
            row = statements.iloc[unknown[0]]
            raise ReconcileError(
                f"{len(unknown)} statements count work that this reconciliation does not tell "
                f"apart, the first operator {row['operator']!r}, district {row['district']!r}, "
                f"land use {row['land_use']!r}; its parts are {', '.join(self.parts)}"
            )
        return [parts for parts in found if parts is not None]

    def _part_of(self, operator: str, district: str, land_use: str) -> tuple[bool, ...] | None:
        everyone = operator in (WHOLE, "unstated")
        if (district, land_use) == (WHOLE, WHOLE):
            if everyone:
                return tuple(True for _ in self.parts)
            return self.evidence.counted_by(operator)
        own = (district, land_use) == (self.scope.district, self.scope.land_use)
        same = operator == self.scope.operator or (everyone and self.scope.operator == WHOLE)
        return tuple(part == self.parts[0] for part in self.parts) if own and same else None
