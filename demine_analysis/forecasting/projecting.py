"""`project`: a reconciliation carried on to a horizon."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis import arguments
from demine_analysis.arguments import instance, whole_number
from demine_analysis.errors import ParameterError
from demine_analysis.reconciliation.result import Reconciliation

from .extend import extend
from .result import Projection
from .scenario import Scenario

LATEST = pd.Timestamp("2150-12-31")
"""No horizon is later."""
_MOST_CELLS = 30_000_000
"""Weeks times draws, of all parts: about 1 GB at work."""


def project(  # noqa: PLR0913 - the public signature: one option a scenario
    r: Reconciliation,
    until: str | pd.Timestamp = "2030-12-31",
    scenario: str = "status_quo",
    *,
    growth: float | None = None,
    pause: tuple[str | pd.Timestamp, str | pd.Timestamp] | None = None,
    multiplier: pd.Series | None = None,
    draws: int | None = None,
    seed: int = 0,
) -> Projection:
    """Return work to come, with its uncertainty, from a reconciled series.

    Parameters
    ----------
    r : Reconciliation
        As `reconcile` returns it.
    until : date
        Last day.
    scenario : str
        `status_quo`; `growth` (capacity grows by `growth` per cent a year); `pause` (no work from
        the first to the last day of `pause`); `multiplier` (work is so many times the status quo
        from each date of the Series on).
    growth, pause, multiplier
        The option of the scenario of that name.
    draws : int, optional
        Number of draws; by default as many as the reconciliation has. Where there are more, the
        reconciled pasts are taken again, each with another future.
    seed : int
        The same reconciliation and seed give the same numbers, bit for bit.

    Returns
    -------
    Projection
        `weekly`, `monthly`, `annual`, `cumulative`, `total`, `predict`, `probability`,
        `completion`.

    Raises
    ------
    ParameterError
        If the horizon is not after the data's end, or the scenario makes no sense.

    Notes
    -----
    The level of the last year goes on, with a damped part of its growth, the season, week effects
    with heavy tails, and wandering of the size that the programme has shown; docs/method.md has
    the equations, and `backtest` how such projections did.

    Examples
    --------
    >>> import demine_analysis as da
    >>> p = project(da.reconcile(da.load_statements("azerbaijan")), until="2027-12-31")
    >>> float(p.annual().loc["2026", "median"].iloc[0]) > 40_000
    True
    """
    r = instance(r, Reconciliation, "r", "reconcile")
    last = _horizon(r, until)
    chosen = Scenario(scenario, growth, pause, multiplier).checked()
    count = _draws(r, last, draws)
    rng = np.random.default_rng([arguments.seed(seed), 2])
    return Projection(r, chosen, last, extend(r, last, chosen, count, rng))


def _draws(r: Reconciliation, last: pd.Timestamp, draws: int | None) -> int:
    count = r.draw_count if draws is None else whole_number(draws, "draws", least=1)
    weeks = int((last - r.origin).days // 7 + 1)
    most = max(_MOST_CELLS // (weeks * len(r.parts)), 1)
    if count > most:
        raise ParameterError(
            f"draws must be at most {most:,} for {weeks:,} weeks, got {count:,}; "
            "ask for fewer, or for a nearer until"
        )
    return count


def _horizon(r: Reconciliation, until: str | pd.Timestamp) -> pd.Timestamp:
    last = arguments.day(until, "until")
    known = r.weeks[-1] + pd.Timedelta(days=6)
    if not known < last <= LATEST:
        raise ParameterError(
            f"until must be after {known:%Y-%m-%d}, the last week with data (figures end on "
            f"{r.end:%Y-%m-%d}), and not after {LATEST:%Y-%m-%d}, got {until}"
        )
    return last
