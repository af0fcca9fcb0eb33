"""`project`: a reconciliation carried on to a horizon."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis.errors import ParameterError
from demine_analysis.reconciliation import Reconciliation

from .extend import extend
from .result import Projection
from .scenario import Scenario

_LATEST = pd.Timestamp("2150-12-31")


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
    last = _horizon(r, until)
    chosen = Scenario(scenario, growth, pause, multiplier).checked()
    if draws is not None and draws < 1:
        raise ParameterError(f"draws must be 1 or more, got {draws}")
    extended = extend(r, last, chosen, draws or r.draw_count, np.random.default_rng([seed, 2]))
    return Projection(r, chosen, last, extended)


def _horizon(r: Reconciliation, until: str | pd.Timestamp) -> pd.Timestamp:
    try:
        last = pd.Timestamp(until)
    except ValueError as error:
        raise ParameterError(f"until must be a date, YYYY-MM-DD, got {until!r}") from error
    known = r.weeks[-1] + pd.Timedelta(days=6)
    if not known < last <= _LATEST:
        raise ParameterError(
            f"until must be after {known:%Y-%m-%d}, the last week with data (figures end on "
            f"{r.end:%Y-%m-%d}), and not after {_LATEST:%Y-%m-%d}, got {until}"
        )
    return last
