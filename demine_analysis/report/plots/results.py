"""What `plot()` of a reconciliation and of a projection draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib import style

from demine_analysis.reconciliation.summaries import unit_of

from . import theme
from .projection import fan
from .rate import weekly_rate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from demine_analysis.forecasting import Projection
    from demine_analysis.reconciliation.result import Reconciliation

_DAYS = 7


def reconciled(r: Reconciliation, part: str | None, ax: Axes | None) -> Axes:
    """Draw the work a day, week by week, with its bands; as `weekly_rate`."""
    with style.context(theme.RC):
        return weekly_rate(r.weekly(part) / _DAYS, unit=unit_of(r.scope), ax=_shown(ax))


def projected(p: Projection, part: str | None, ax: Axes | None) -> Axes:
    """Draw the running total, past and to come, with its bands; as `fan`."""
    past = p.reconciliation
    with style.context(theme.RC):
        return fan(
            p.cumulative(part),
            history=past.cumulative(part),
            unit=unit_of(past.scope),
            ax=_shown(ax),
        )


def _shown(ax: Axes | None) -> Axes:
    """Return Axes that a notebook shows by itself, as those of `DataFrame.plot`."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt  # noqa: PLC0415 - pages are made without it

    return plt.subplots(figsize=theme.SIZE, layout="constrained")[1]
