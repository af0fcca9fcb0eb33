"""What new figures brought: the newest notice, the year so far, and estimates that moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.arguments import day
from demine_analysis.errors import ParameterError, ReconcileError, StatementError
from demine_analysis.forecasting import project
from demine_analysis.forecasting.plans import plans
from demine_analysis.published import annual, select
from demine_analysis.reconciliation.intervals import COLUMNS
from demine_analysis.reconciliation.statements import publication_date
from demine_analysis.report.series import Series, series
from demine_analysis.scope import WHOLE, Scope

if TYPE_CHECKING:
    from demine_analysis.published import Inputs

#: Without a day, what came in this time before the newest page is new.
_WEEK = pd.Timedelta(days=7)
_DAY = pd.Timedelta(days=1)
#: An estimate that moved by less is not told: pages round, and what moves by a small part of its
#: own interval has not moved.
_MOVED = 0.005
_OF_INTERVAL = 0.1
#: Months that are looked at for estimates that moved.
_MONTHS = 24
_NOTICES = ("week", "month")


@dataclass(frozen=True)
class Bulletin:
    """A dataset before and after its newest figures.

    Parameters
    ----------
    data : Inputs
        As from `published.inputs`.
    scope : Scope
        What is counted; whole, and of all days.
    since : Timestamp
        Last day whose publications are not new.
    now, before : Series
        The series of all figures, and of those published up to `since`.
    """

    data: Inputs
    scope: Scope
    since: pd.Timestamp
    now: Series
    before: Series

    @cached_property
    def new(self) -> pd.DataFrame:
        """The statements of every metric that were published after `since`, the latest first."""
        rows = self.data.statements
        found = rows[publication_date(rows) > self.since]
        order = ["published", "period_end"]
        return found.sort_values(order, ascending=False, kind="stable", na_position="last")

    @cached_property
    def new_pages(self) -> pd.DataFrame:
        """The pages of the new statements, as from `load_sources`, with `figures` used of each."""
        counts = self.new["source_id"].value_counts()
        pages = self.data.sources[self.data.sources["source_id"].isin(counts.index)]
        pages = pages.assign(figures=pages["source_id"].map(counts))
        return pages.sort_values(["published", "source_id"], ascending=[False, True])

    def notice(self) -> pd.DataFrame:
        """Return the newest new notice of a week or month with what was expected of it.

        Returns
        -------
        DataFrame
            At most one row: the statement, and median and intervals of what the earlier figures
            led to expect; NaN where they allow no expectation.
        """
        rows = self.new[self.new["period"].isin(_NOTICES) & self.new["status"].eq("achieved")]
        used = select(rows, self.scope)
        used = used[used["operator"].isin([WHOLE, "unstated"])]
        if "days_exact" in used:  # records have no other days
            used = used[used["days_exact"]]
        chosen = used.sort_values(["period_end", "published"], kind="stable").tail(1)
        return chosen.join(self._expected(chosen))

    def _expected(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return what the figures before expect of statements, from the series or beyond it."""
        nothing = pd.DataFrame(columns=COLUMNS, index=rows.index, dtype=float)
        done = self.before.reconciliation
        if done is None or rows.empty:
            return nothing
        try:
            inside = rows["period_end"].iloc[0] <= done.end
            source = done if inside else project(done, rows["period_end"].iloc[0] + _WEEK)
            return source.predict(rows)
        except (ParameterError, StatementError):
            return nothing

    def printed(self) -> pd.DataFrame:
        """Return the newest notice and the printed total of the year, with what all figures say.

        Returns
        -------
        DataFrame
            At most two rows: `period`, `period_start`, `period_end`, `value`, `source_id`, and
            `lower_80` and `upper_80` of the series for these days, NaN where it does not tell.
        """
        columns = ["period", "period_start", "period_end", "value", "source_id"]
        years = annual(self.data.statements, self.scope)
        year = years[years["period_end"].dt.year.eq(self.year) & years["operator"].eq(WHOLE)]
        year = year.reset_index().assign(period="year")
        parts = [self.notice()[columns], year[columns]]
        found: pd.DataFrame = pd.concat(parts, ignore_index=True)
        done = self.now.reconciliation
        if done is None:
            return found.assign(lower_80=float("nan"), upper_80=float("nan"))
        told = found[found["period_start"].ge(done.start) & found["period_end"].le(done.end)]
        starts, ends = (pd.DatetimeIndex(told[name]) for name in ("period_start", "period_end"))
        totals = done.totals(starts, ends)[["lower_80", "upper_80"]]
        return found.join(totals.set_index(told.index))

    def moved(self) -> pd.DataFrame:
        """Return estimates of months and years that the new figures moved, the most moved first.

        Returns
        -------
        DataFrame
            Index `period_start`; `kind` (``month`` or ``year``), `before` and `after` (medians),
            `lower_80` and `upper_80` (of the estimate now), `shift` (relative).
        """
        frames = []
        for kind, of in (("month", Series.monthly), ("year", Series.annual)):
            then, now = of(self.before), of(self.now)
            last = self.before.reconciliation.end if self.before.reconciliation else pd.NaT
            whole = then.index[[_end(start, kind) <= last for start in then.index]]
            known = then["median"].loc[whole].rename("before")
            both = now.join(known, how="inner").tail(_MONTHS)
            frames.append(both.assign(kind=kind))
        found = pd.concat(frames)
        found = found.assign(after=found["median"], shift=found["median"] / found["before"] - 1)
        far = (found["after"] - found["before"]).abs()
        known = far >= _OF_INTERVAL * (found["upper_80"] - found["lower_80"])
        told = known & (found["shift"].abs() >= _MOVED)
        # By place: a year and its January have the same name.
        order = far[told].to_numpy().argsort(kind="stable")[::-1]
        columns = ["kind", "before", "after", "lower_80", "upper_80", "shift"]
        return found.loc[told, columns].iloc[order]

    @cached_property
    def year(self) -> int:
        """The year of the last figure; the one before as long as the new one has no week."""
        if self.now.reconciliation is None:
            return 0
        last = int(self.now.reconciliation.end.year)
        begun = len(self.running(last)) or not len(self.running(last - 1))
        return last if begun else last - 1

    def running(self, year: int) -> pd.DataFrame:
        """Return the running total of a year by week, as an interval frame."""
        done = self.now.reconciliation
        if done is None or not done.start.year < year <= done.end.year:
            return pd.DataFrame(columns=COLUMNS, index=pd.DatetimeIndex([], name="period_start"))
        scope = self.scope.but(start=f"{year}-01-01", end=f"{year}-12-31")
        return Series(scope, done).cumulative()

    @cached_property
    def projected(self) -> pd.DataFrame:
        """What was to be expected of the year by what was published before it began."""
        first = pd.Timestamp(self.year, 1, 1) if self.year else pd.NaT
        nothing = pd.DataFrame(columns=COLUMNS, index=pd.DatetimeIndex([], name="period_start"))
        if pd.isna(first):
            return nothing
        then = series(self.data.evidence, self.scope.but(as_of=f"{first - _DAY:%Y-%m-%d}"))
        if then.reconciliation is None:
            return nothing
        try:
            carried = project(then.reconciliation, pd.Timestamp(self.year, 12, 31) + _WEEK)
            row = carried.total(first, pd.Timestamp(self.year, 12, 31))
        except ParameterError:
            return nothing
        return pd.DataFrame([row[COLUMNS]], index=pd.DatetimeIndex([first], name="period_start"))

    @cached_property
    def plans(self) -> pd.DataFrame:
        """The plans for all institutions, as from `plans`; empty without a series."""
        done = self.now.reconciliation
        if done is None:
            return pd.DataFrame()
        try:
            found = plans(self.data.statements, done)
        except (ParameterError, ReconcileError, StatementError):
            return pd.DataFrame()
        whole = found["operator"].eq(WHOLE) & found["district"].eq(WHOLE)
        whole &= found["land_use"].eq(WHOLE)
        return found[whole & found["status"].eq("planned") & found["flag"].eq("")]

    def plan(self) -> float:
        """Return the latest plan for the year as a whole; NaN where there is none."""
        if self.plans.empty:
            return float("nan")
        first, last = pd.Timestamp(self.year, 1, 1), pd.Timestamp(self.year, 12, 31)
        rows = self.plans[self.plans["period_start"].eq(first) & self.plans["period_end"].eq(last)]
        latest = rows.sort_values("published")["planned"].tail(1)
        return float(latest.iloc[0]) if len(latest) else float("nan")

    def compared(self) -> pd.DataFrame:
        """Return the year against the year before, as from `Series.change`."""
        return self.now.change(self.year)

    def dates(self) -> pd.DataFrame:
        """Return what comes next: `day`, and `planned` since `first` where it ends a plan.

        Returns
        -------
        DataFrame
            The end of the month after the last figure's, and of each plan that is not over.
        """
        end = self.now.reconciliation.end if self.now.reconciliation else pd.NaT
        if pd.isna(end):
            return pd.DataFrame({"day": [], "planned": [], "first": []})
        month = (end + _DAY).to_period("M").end_time.normalize()
        rows = [{"day": month, "planned": float("nan"), "first": pd.NaT}]
        if len(self.plans):
            open_plans = self.plans[self.plans["period_end"] > end]
            rows += [
                {"day": row["period_end"], "planned": row["planned"], "first": row["period_start"]}
                for row in open_plans.to_dict("records")
            ]
        return pd.DataFrame(rows).drop_duplicates().sort_values("day", kind="stable")

    def doubted(self) -> pd.DataFrame:
        """Return the new figures that the others contradict, as from `Series.set_aside`."""
        aside = self.now.set_aside()
        return aside[aside.index.isin(self.new["statement_id"])]


def _end(start: pd.Timestamp, kind: str) -> pd.Timestamp:
    return start.to_period("M" if kind == "month" else "Y").end_time.normalize()


def bulletin(data: Inputs, *, metric: str = "area_cleared", since: str | None = None) -> Bulletin:
    """Return what is new in a dataset.

    Parameters
    ----------
    data : Inputs
        As from `published.inputs`.
    metric : str
        What is counted.
    since : date, optional
        Last day whose publications are not new; by default a week before the newest page.

    Raises
    ------
    ParameterError
        If the day is none.
    """
    published = publication_date(data.statements)
    last = pd.Timestamp(published.max()) - _WEEK if since is None else day(since, "since")
    scope = Scope(metric=metric)
    before = series(data.evidence, scope.but(as_of=f"{last:%Y-%m-%d}"))
    return Bulletin(data, scope, last, series(data.evidence, scope), before)
