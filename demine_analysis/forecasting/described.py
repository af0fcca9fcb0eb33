"""A projection in short, for a terminal and for JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.errors import ParameterError
from demine_analysis.reconciliation.summaries import (
    Summary,
    as_of_row,
    estimated,
    in_words,
    unit_of,
    whole_months,
)
from demine_analysis.wording import formats

from .completion import MIXTURE

if TYPE_CHECKING:
    from .result import Projection
    from .scenario import Scenario

_YEARS = 3


def summary(p: Projection) -> Summary:
    """Return a projection in short: scenario, years to come, and when clearance would be done."""
    scope = p.reconciliation.scope
    unit = unit_of(scope)
    rows = [
        ("scenario", scenario_in_words(p.scenario)),
        ("data through", formats.date(p.reconciliation.end)),
        *as_of_row(scope),
        ("horizon", formats.date(p.until)),
    ]
    rows += [
        (str(pd.Timestamp(str(day)).year), estimated(row, unit))
        for day, row in p.annual().head(_YEARS).iterrows()
    ]
    rows.append(("in all by then", estimated(p.total(p.reconciliation.start, p.until), unit)))
    rows += _completion(p)
    return Summary(f"Projection: {in_words(scope)}", rows, whole_months(p.extended), p.start)


def scenario_in_words(scenario: Scenario) -> str:
    """Return what a scenario assumes of capacity."""
    if scenario.name == "growth":
        return f"capacity changes by {formats.number(scenario.growth or 0)}% a year"
    if scenario.pause is not None:
        first, last = (pd.Timestamp(day) for day in scenario.pause)
        return f"no work from {formats.date(first)} to {formats.date(last)}"
    if scenario.multiplier is not None:
        days = pd.DatetimeIndex(scenario.multiplier.index)
        times = [f"{float(value):g}" for value in scenario.multiplier]
        steps = [f"{each} from {formats.date(day)}" for each, day in zip(times, days, strict=True)]
        return f"times the status quo: {', '.join(steps)}"
    return "status quo: work goes on as it does"


def _completion(p: Projection) -> list[tuple[str, str]]:
    """Return when clearance would be complete; nothing where no estimate says of what."""
    try:
        done = p.completion()
    except ParameterError:
        return []
    row, chance = done.quantiles.loc[MIXTURE], 1 - float(done.not_done[MIXTURE])
    said = f"with probability {formats.probability(chance)} by the horizon"
    if not pd.isna(row["median"]):
        said += f", as likely as not by {formats.month(row['median'])}"
    areas = [formats.number(float(area)) for area in done.weights.index]
    estimates = areas[0] if len(areas) == 1 else f"{areas[0]} to {areas[-1]}"
    return [("complete", said), ("of a contaminated area of", f"{estimates} ha")]
