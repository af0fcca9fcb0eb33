"""A projection: the reconciled weeks, carried on to a horizon in every draw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis import model
from demine_analysis.arguments import day, number, span
from demine_analysis.errors import ParameterError
from demine_analysis.frames import tidied
from demine_analysis.published.contamination import contamination_estimates
from demine_analysis.reconciliation.intervals import interval_frame
from demine_analysis.reconciliation.result import PREDICTABLE, Reconciliation
from demine_analysis.scope import WHOLE

from .completion import Completion, checked_estimates, completion
from .described import summary
from .scenario import Scenario

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Extended(Reconciliation):
    """A reconciliation whose weeks go on beyond the data.

    Parameters
    ----------
    blocks : tuple of (n, draws) arrays
        Draws of the unknowns on the longer grid, in its order; the first two are the log work of
        weeks past and to come.
    horizon : Timestamp
        Last day.
    """

    blocks: tuple[model.Floats, ...]
    horizon: pd.Timestamp

    @cached_property
    def draws(self) -> model.Floats:
        """Return the draws of all unknowns, past and to come."""
        return np.concatenate(self.blocks)

    @cached_property
    def _work(self) -> model.Floats:
        # Without `draws`: the levels, half of them, are seldom asked for.
        rates = np.concatenate(self.blocks[:2])
        return self._worked(np.exp(rates, out=rates))

    def running_draws(self, part: str | None = None) -> model.Floats:
        """Return the draws of the work before each week, and in all, (weeks + 1, draws)."""
        if "_work" in vars(self) or len(self.parts) > 1 or part not in (None, self.parts[0]):
            return super().running_draws(part)
        # Without `_work`, which is as large: completion, 30 years ahead, asks for this alone.
        running = np.zeros((len(self.weeks) + 1, self.draw_count))
        np.concatenate(self.blocks[:2], out=running[1:])
        np.exp(running[1:], out=running[1:])
        for week in range(1, len(running)):
            running[week] += running[week - 1]
        return running

    @property
    def end(self) -> pd.Timestamp:
        """Return the last day of the projection."""
        return self.horizon


@dataclass(frozen=True)
class Projection:
    """Work to come, with quantiles from draws that run on from the reconciled ones.

    Parameters
    ----------
    reconciliation : Reconciliation
        What it runs on from.
    scenario : Scenario
        What is assumed of capacity.
    until : Timestamp
        Last day.
    extended : Extended
        The draws, from the first reconciled week to the horizon.
    """

    reconciliation: Reconciliation
    scenario: Scenario
    until: pd.Timestamp
    extended: Extended

    def __repr__(self) -> str:
        return summary(self).text()

    def _repr_html_(self) -> str:
        return summary(self).html()

    @property
    def start(self) -> pd.Timestamp:
        """Return the first projected day, the Monday after the last week with data."""
        return self.reconciliation.weeks[-1] + pd.Timedelta(days=7)

    def weekly(self, part: str | None = None) -> pd.DataFrame:
        """Return the work of each projected ISO week: median and intervals, in ha or items."""
        return self.extended.weekly(part).loc[self.start :]

    def monthly(self, part: str | None = None) -> pd.DataFrame:
        """Return the work of each month; the first one's past days are the reconciled ones.

        The last month counts only the days to the horizon.
        """
        return self.extended.monthly(part).loc[self.start.replace(day=1) :]

    def annual(self, part: str | None = None) -> pd.DataFrame:
        """Return the work of each year; the first one's past days are the reconciled ones.

        The last year counts only the days to the horizon.
        """
        return self.extended.annual(part).loc[self.start.replace(month=1, day=1) :]

    def cumulative(self, part: str | None = None) -> pd.DataFrame:
        """Return the work from the series' first day to the end of each projected week."""
        return self.extended.cumulative(part).loc[self.start :]

    def plot(self, part: str | None = None, *, ax: Axes | None = None) -> Axes:
        """Draw the running total, past and projected: the median with its 50, 80 and 95% bands.

        Parameters
        ----------
        part : str, optional
            As in `Reconciliation.weekly_draws`.
        ax : Axes, optional
            Where to draw; by default on a new figure, which a notebook shows.
        """
        from demine_analysis import plots  # noqa: PLC0415 - a room above this one

        return plots.results.projected(self, part, ax)

    def total(
        self, start: str | pd.Timestamp | pd.Period, end: str | pd.Timestamp | None = None
    ) -> pd.Series:
        """Return the work of any inclusive span of days, past and to come: median and intervals.

        Without `end`, of a whole year, quarter or month: 2024, 2024Q3, 2024-07.

        Raises
        ------
        ParameterError
            If the days are not between the series' start and the horizon.
        """
        first, last = span(start, end)
        draws = self.total_draws(first, last)
        frame = interval_frame(
            draws[np.newaxis], pd.Index([f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"])
        )
        return frame.iloc[0]

    def total_draws(self, start: pd.Timestamp, end: pd.Timestamp) -> model.Floats:
        """Return the draws of the work of a span of days, (draws,)."""
        self._require_inside(start, end)
        spans = pd.DatetimeIndex([start]), pd.DatetimeIndex([end])
        return np.asarray(self.extended.total_draws(*spans)[0])

    def predict(self, statements: pd.DataFrame) -> pd.DataFrame:
        """Return what each of these statements would be expected to print.

        Parameters
        ----------
        statements : DataFrame
            Columns as `load_statements` has them; `value` is not looked at. Past days count as
            reconciled, days to come as projected.

        Returns
        -------
        DataFrame
            Median and intervals, one row a statement, same index.

        Raises
        ------
        ParameterError
            If there are no statements, or days lie outside the projection.
        ReconcileError
            If a statement's days are unknown, or it counts work that was not reconciled.
        """
        return interval_frame(self.prediction_draws(statements), statements.index)

    def prediction_draws(self, statements: pd.DataFrame) -> model.Floats:
        """Return draws of what each of these statements would print, (statements, draws)."""
        statements = tidied(statements, PREDICTABLE)
        if statements.empty:
            raise ParameterError("no statements to predict: the frame has no rows")
        self._require_inside(statements["period_start"].min(), statements["period_end"].max())
        return self.extended.prediction_draws(statements)

    def probability(
        self,
        *,
        total_at_least: float,
        by: str | pd.Timestamp,
        since: str | pd.Timestamp | None = None,
    ) -> float:
        """Return the probability that the work from a day on reaches a total by another day.

        Parameters
        ----------
        total_at_least : float
            In ha or items.
        by : date
            Last day that counts.
        since : date, optional
            First day that counts; by default the first of the series, for totals "since 2020".
        """
        wanted = number(total_at_least, "total_at_least")
        first = self.reconciliation.start if since is None else day(since, "since")
        return float((self.total_draws(first, day(by, "by")) >= wanted).mean())

    def completion(self, contaminated_area: float | pd.Series | None = None) -> Completion:
        """Return when the contaminated area will be clear, as a distribution.

        Parameters
        ----------
        contaminated_area : float or Series, optional
            In ha: one estimate, or several as the index of a Series with their weights as values.
            By default the estimates that had been published, each with the same weight.

        Raises
        ------
        ParameterError
            Where an estimate is not larger than what is already cleared; where not area was
            reconciled; or where no estimate is published and none is given.

        Notes
        -----
        Published estimates disagree, and none is known to be right: see the rows of each before
        the mixture. Estimates that do not say that they count the whole are left out. What is
        left to do is the estimate less what was cleared since the series' start.
        """
        r = self.reconciliation
        if r.scope.metric != "area_cleared":
            raise ParameterError(f"completion needs cleared area; {r.scope.metric} was reconciled")
        cumulative = self.extended.running_draws()
        cleared = float(r.total(r.start, r.end)["median"])
        given = self._published() if contaminated_area is None else contaminated_area
        weights = checked_estimates(given, cleared, r.end)
        return completion(cumulative, r.origin, self.start, weights)

    def _published(self) -> pd.Series:
        """Return the published estimates, each with weight 1."""
        r = self.reconciliation
        whole = r.contamination[r.contamination["operator"] == WHOLE]
        areas = (
            contamination_estimates(whole, as_of=r.scope.as_of, since=r.start)["value"].tolist()
            if r.scope.is_whole and len(whole)
            else []
        )
        if not areas:
            raise ParameterError(
                f"no contaminated area is published for {r.scope.name}; give contaminated_area=... "
                "in ha"
            )
        return pd.Series(1.0, index=areas)

    def _require_inside(self, first: pd.Timestamp, last: pd.Timestamp) -> None:
        # Statements without any known days are refused with them named.
        unknown = pd.isna(first) or pd.isna(last)
        if not unknown and not self.reconciliation.origin <= first <= last <= self.until:
            raise ParameterError(
                f"days must lie between {self.reconciliation.start:%Y-%m-%d} and the horizon, "
                f"{self.until:%Y-%m-%d}, got {first:%Y-%m-%d} to {last:%Y-%m-%d}"
            )
