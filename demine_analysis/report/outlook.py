"""The projection that a report shows, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis.errors import ParameterError
from demine_analysis.forecasting import Completion, Projection, project
from demine_analysis.forecasting.backtest import by_horizon, kept_backtest
from demine_analysis.forecasting.plans import plans
from demine_analysis.reconciliation.intervals import COLUMNS, interval_frame

if TYPE_CHECKING:
    from demine_analysis.report.series import Series

#: Completion is looked for this many years ahead, whatever the horizon of the fan.
COMPLETION_YEARS = 30
#: Target years for which the pace needed is shown.
_TARGETS = range(1, 13)
_DAY = pd.Timedelta(days=1)
_PLANS = [
    "status", "period_start", "period_end", "planned", "operator", "district", "land_use",
    "published", *COLUMNS, "ratio", "probability", "outcome", "basis", "flag", "reason",
]  # fmt: skip


@dataclass(frozen=True)
class Outlook:
    """What a report draws of a projection.

    Parameters
    ----------
    projection : Projection or None
        To the horizon of the report; None where there is none.
    completion : Completion or None
        Looked for `COMPLETION_YEARS` ahead; None where there is none.
    reason : str
        Why something is missing.
    """

    projection: Projection | None
    completion: Completion | None
    reason: str = ""

    def cumulative(self) -> pd.DataFrame:
        """Return the projected running total as an interval frame, one row a month.

        Notes
        -----
        The last week that begins in each month stands for it: a fan of weeks looks the same.
        Weeks that end after the horizon are left out.
        """
        if self.projection is None:
            return _nothing()
        weekly = self.projection.cumulative()
        weekly = weekly[pd.DatetimeIndex(weekly.index) <= self.projection.until - 6 * _DAY]
        months = pd.DatetimeIndex(weekly.index).to_period("M")
        return weekly[~months.duplicated(keep="last")]

    def by_horizon(self) -> pd.DataFrame:
        """Return the running total on the horizon as an interval frame of one row, its day."""
        if self.projection is None:
            return _nothing()
        first, last = self.projection.reconciliation.origin, self.projection.until
        total = self.projection.total(first, last)
        return total.to_frame().T.set_axis(pd.DatetimeIndex([last]))

    def annual(self) -> pd.DataFrame:
        """Return the projected work of each year as an interval frame."""
        return _nothing() if self.projection is None else self.projection.annual()

    def done(self) -> pd.DataFrame:
        """Return the probability of being complete by each year's end, a column an estimate."""
        return pd.DataFrame() if self.completion is None else self.completion.done

    def dates(self) -> pd.DataFrame:
        """Return when each estimate would be cleared.

        Returns
        -------
        DataFrame
            `contaminated_area`, `weight`, the columns of an interval frame as dates (missing:
            not within `COMPLETION_YEARS`), `not_done`: the probability of that.
        """
        if self.completion is None:
            return pd.DataFrame(columns=["contaminated_area", "weight", *COLUMNS, "not_done"])
        found = self.completion.quantiles.assign(
            weight=self.completion.weights, not_done=self.completion.not_done
        )
        return found.rename_axis("contaminated_area").reset_index()

    def plans(self, statements: pd.DataFrame) -> pd.DataFrame:
        """Return plans with what became of them, as from `plans.plans`, dated ones only.

        Returns
        -------
        DataFrame
            Empty where nothing is projected, or no plan was published.
        """
        if self.projection is None:
            return pd.DataFrame(columns=_PLANS)
        try:
            found = plans(statements, self.projection.reconciliation)
        except ParameterError:
            return pd.DataFrame(columns=_PLANS)
        return found[found["period_end"].notna()]

    def required_rate(self) -> pd.DataFrame:
        """Return the pace that clearing everything by the end of each year would need.

        Returns
        -------
        DataFrame
            Index `year`; the columns of an interval frame, in ha a day, over the draws of what
            is cleared and the estimates of the contaminated area with their weights.
        """
        if self.projection is None or self.completion is None:
            return _nothing().rename_axis("year")
        done = self.projection.reconciliation
        cleared = done.total_draws(pd.DatetimeIndex([done.start]), pd.DatetimeIndex([done.end]))[0]
        left = self._pooled(cleared)
        years = pd.Index([done.end.year + ahead for ahead in _TARGETS], name="year")
        days = [(pd.Timestamp(year, 12, 31) - done.end).days for year in years]
        return interval_frame(left[None, :] / np.array(days)[:, None], years)

    def _pooled(self, cleared: np.ndarray) -> np.ndarray:
        """Return draws of the area left, each estimate as often as its weight says."""
        weights = self.completion.weights if self.completion else pd.Series(dtype=float)
        times = np.round(weights.to_numpy() / weights.min()).astype(int)
        areas = np.repeat(weights.index.to_numpy(dtype=float), times)
        return np.asarray(np.maximum((areas[:, None] - cleared[None, :]).ravel(), 0))


@dataclass(frozen=True)
class TrackRecord:
    """How earlier projections from the same code did.

    Parameters
    ----------
    board : DataFrame
        As from `backtest.scoreboard`; empty where no backtest is kept.
    first, last : Timestamp
        Days of the first and the last forecast.
    origins : int
        Number of days on which forecasts were made.
    fresh : bool
        Whether it was computed from the figures of the report.
    years : DataFrame
        As from `backtest.by_origin`; empty where nothing is kept.
    """

    board: pd.DataFrame
    first: pd.Timestamp
    last: pd.Timestamp
    origins: int
    fresh: bool
    years: pd.DataFrame = field(default_factory=pd.DataFrame)

    def by_horizon(self) -> pd.DataFrame:
        """Return scores with a row a group of horizons and a column a model, as drawn."""
        return by_horizon(self.board) if len(self.board) else self.board


def track_record(
    statements: pd.DataFrame, dataset: str, metric: str = "area_cleared"
) -> TrackRecord:
    """Return the kept backtest of a dataset; nothing is computed anew.

    Parameters
    ----------
    statements : DataFrame
        As from `load_statements`.
    dataset : str
        Whose backtest is looked for.
    metric : str
        What was forecast.
    """
    kept = kept_backtest(statements, dataset, metric)
    if kept is None:
        never = pd.Timestamp(0)
        return TrackRecord(pd.DataFrame(), never, never, 0, fresh=False)
    first, last = pd.Timestamp(kept.first_origin), pd.Timestamp(kept.last_origin)
    fresh, years = kept.is_fresh(statements), pd.DataFrame(kept.years)
    return TrackRecord(kept.board, first, last, kept.origins, fresh, years)


def outlook(
    reconciled: Series,
    *,
    until: str,
    scenario: str = "status_quo",
    growth: float = 0.0,
    contaminated_area: float | None = None,
) -> Outlook:
    """Project what a report is about.

    Parameters
    ----------
    reconciled : Series
        As from `series.series`.
    until : str
        Last day of the projection.
    scenario : str
        ``status_quo``, ``growth`` (per cent a year) or ``pause`` (a year without work, from the
        end of the data on).
    growth : float
        With ``growth``: per cent a year.
    contaminated_area : float, optional
        Hectares to clear in all; the published estimates by default.

    Returns
    -------
    Outlook
        Where the figures or the parameters do not allow one, its frames are empty and `reason`
        says why.
    """
    done = reconciled.reconciliation
    if done is None:
        return Outlook(None, None, reconciled.reason)
    options: dict[str, object] = {}
    if scenario == "growth":
        options["growth"] = growth
    if scenario == "pause":
        options["pause"] = (done.end + _DAY, done.end + pd.DateOffset(years=1))
    far = f"{done.end.year + COMPLETION_YEARS}-12-31"
    try:
        ahead = project(done, until, scenario, **options)  # type: ignore[arg-type]  # by scenario
    except ParameterError as cause:
        return Outlook(None, None, str(cause))
    if done.scope.metric != "area_cleared" and contaminated_area is None:
        # Land is clear when all of it is; of items nobody knows how many there are.
        return Outlook(ahead, None)
    try:
        whole = project(done, far, scenario, **options)  # type: ignore[arg-type]  # by scenario
        return Outlook(ahead, whole.completion(contaminated_area))
    except ParameterError as cause:
        return Outlook(ahead, None, str(cause))


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(columns=COLUMNS, index=pd.DatetimeIndex([]), dtype=float)
