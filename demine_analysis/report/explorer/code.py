"""A cell that gives the numbers of the chart: what a reader copies to go on from there."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from demine_analysis.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .curves import Curve, Form

_CELL = """\
from matplotlib import pyplot as plt

from demine_analysis import published
from demine_analysis.report.series import series as series_of

chosen = {{
{chosen}
}}
frames = {{
    name: series_of(published.inputs(dataset).evidence, scope).{frame}()
    for name, (dataset, scope) in chosen.items()
}}
for name, frame in frames.items():
    days = {days}
    plt.fill_between(days, frame["lower_80"], frame["upper_80"], alpha=0.2)
    plt.plot(days, frame["median"], label=name)
plt.legend()
"""


def as_python(lines: Sequence[Curve], form: Form) -> str:
    """Return a cell that computes the frames of the lines, by name in `frames`, and draws them."""
    chosen = [
        f"    {line.name or line.scope.metric!r}: "
        f"({line.shown.selection.dataset!r}, published.{_written(line.scope)}),"
        for line in lines
    ]
    days = "frame.index" if form.weekly else 'frame["through"]'
    if form.by_year:
        days = "frame.index.day_of_year" if form.weekly else 'frame["through"].dt.day_of_year'
    return _CELL.format(
        chosen="\n".join(chosen), frame="weekly" if form.weekly else "cumulative", days=days
    )


def _written(scope: Scope) -> str:
    """Return a scope as it is written in Python: the metric, and what is not left as it is."""
    given = [
        f"{each.name}={getattr(scope, each.name)!r}"
        for each in fields(Scope)
        if each.name == "metric" or getattr(scope, each.name) != each.default
    ]
    return f"Scope({', '.join(given)})"
