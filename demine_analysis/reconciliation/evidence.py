"""Find the figures that speak of a scope, and whose work each of them counts.

The whole (all institutions, the country) is one part, or is split into the part asked for, other
operators with many figures of their own, and the rest. Every figure counts some of the parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from demine_analysis.errors import ReconcileError
from demine_analysis.reconciliation.statements import observations, of_scope, one_each
from demine_analysis.scope import WHOLE, Scope
from demine_analysis.vocabulary import describe_allowed

REST = "rest"

_OWN_PART = 10
"""Figures from which an operator is modelled beside the one asked for."""

_BREAKDOWN_SLACK = 0.001
"""Part of the whole by which the rounded figures of a complete breakdown may miss it."""

_PAGE = ["source_id", "period_start", "period_end"]

_LEAST_FIGURES = 2
"""Figures that a district or land use needs: one alone says nothing of its course."""


@dataclass(frozen=True)
class Evidence:
    """The figures for a scope.

    Parameters
    ----------
    parts : tuple of str
        Names of the parts; the first is the one asked for, the last the rest.
    figures : DataFrame
        As `observations` returns them, with `parts`: a tuple of bool, whose work a row counts.
    """

    parts: tuple[str, ...]
    figures: pd.DataFrame


def gather(statements: pd.DataFrame, scope: Scope) -> Evidence:
    """Return the parts to model for a scope and every figure that speaks of them.

    Parameters
    ----------
    statements : DataFrame
        As `tidied` returns them.
    scope : Scope
        What to gather figures for.

    Raises
    ------
    ReconcileError
        If no figure speaks of the scope, or too few do; the message says which there are.
    """
    chosen = of_scope(statements, scope)
    figures = observations(chosen)
    of_country = (figures["district"] == WHOLE) & (figures["land_use"] == WHOLE)
    country = figures[of_country]
    if scope.is_whole:
        figures = country[country["operator"].isin([WHOLE, "unstated"])]
        _require_figures(statements, figures, scope)
        return Evidence((WHOLE,), _counting(figures, [(True,)] * len(figures)))
    if (scope.district, scope.land_use) == (WHOLE, WHOLE):
        return _by_operator(chosen, country, scope)
    return _by_place(statements, figures[~of_country], country, scope)


def _by_operator(chosen: pd.DataFrame, country: pd.DataFrame, scope: Scope) -> Evidence:
    counts = country["operator"].value_counts()
    named = counts.drop([WHOLE, "unstated"], errors="ignore")
    if scope.operator not in named.index:
        known = describe_allowed(scope.operator, [WHOLE, *named.index])
        raise ReconcileError(
            f"no figure of {scope.metric} names operator {scope.operator!r}; {known}"
        )
    _require_whole(country, scope)
    others = named[(named >= _OWN_PART) & (named.index != scope.operator)].index
    parts = (scope.operator, *sorted(others), REST)
    figures = country[country["operator"].isin([WHOLE, "unstated", *parts[:-1]])]
    figures = pd.concat([figures, rest_figures(chosen, parts)], ignore_index=True)
    counted = [
        tuple(operator in (WHOLE, "unstated", part) for part in parts)
        for operator in figures["operator"]
    ]
    return Evidence(parts, _counting(figures, counted))


def rest_figures(chosen: pd.DataFrame, parts: tuple[str, ...]) -> pd.DataFrame:
    """Return what pages with a complete breakdown by operator say of the rest.

    Parameters
    ----------
    chosen : DataFrame
        As `usable` returns them.
    parts : tuple of str
        The parts; operators that are none of them make up the rest.

    Returns
    -------
    DataFrame
        Columns as `observations` has them, operator "rest": one row for each page and span of
        days on which the named operators' figures add up to the whole's.
    """
    rest = []
    if "source_id" in chosen:
        for _, page in _with_breakdown(chosen).groupby(_PAGE, sort=True):
            whole = page.loc[page["operator"] == WHOLE, "value"]
            named = page[~page["operator"].isin([WHOLE, "unstated"])]
            others = named[~named["operator"].isin(parts)]
            if len(whole) and len(others) and _adds_up(named["value"], float(whole.iloc[0])):
                rest.append(others)
    sums = [each.head(1).assign(value=each["value"].sum(), operator=REST) for each in rest]
    named_ids = [tuple(sorted(each["statement_id"])) for each in rest]
    figures = one_each(pd.concat(sums) if sums else chosen.head(0))
    return figures.assign(statement_ids=pd.Series(named_ids, dtype=object))


def _with_breakdown(chosen: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of pages that print the whole and several operators' parts of it."""
    page = [chosen[name] for name in _PAGE]
    whole = chosen["operator"].eq(WHOLE)
    named = ~chosen["operator"].isin([WHOLE, "unstated"])
    wholes, parts = (each.groupby(page).transform("sum") for each in (whole, named))
    return chosen[wholes.gt(0) & parts.gt(1)]


def _adds_up(values: pd.Series, whole: float) -> bool:
    return len(values) > 1 and abs(float(values.sum()) - whole) <= _BREAKDOWN_SLACK * whole


def _by_place(
    statements: pd.DataFrame, local: pd.DataFrame, country: pd.DataFrame, scope: Scope
) -> Evidence:
    own = [WHOLE, "unstated"] if scope.operator == WHOLE else [scope.operator]
    local = local[local["operator"].isin(own)]
    if len(local) < _LEAST_FIGURES:
        raise ReconcileError(_too_few(statements, local, scope))
    _require_whole(country, scope)
    country = country[country["operator"].isin([WHOLE, "unstated"])]
    figures = pd.concat([local, country], ignore_index=True)
    counted = [(True, False)] * len(local) + [(True, True)] * len(country)
    return Evidence((scope.name, REST), _counting(figures, counted))


def _counting(figures: pd.DataFrame, parts: Sequence[tuple[bool, ...]]) -> pd.DataFrame:
    return figures.assign(parts=pd.Series(parts, index=figures.index, dtype=object))


def _require_figures(statements: pd.DataFrame, figures: pd.DataFrame, scope: Scope) -> None:
    if figures.empty:
        raise ReconcileError(_nothing(statements, scope))


def _require_whole(country: pd.DataFrame, scope: Scope) -> None:
    whole = country["operator"].isin([WHOLE, "unstated"])
    if not whole.any():
        raise ReconcileError(
            f"{scope.name} can only be reconciled as a part of the country's total, "
            f"and no figure of {scope.metric} counts all operators and districts"
        )


def _nothing(statements: pd.DataFrame, scope: Scope) -> str:
    rows = statements[statements["metric"] == scope.metric]
    achieved = rows[rows["status"] == "achieved"]
    known = achieved["period_start"].notna() & achieved["period_end"].notna()
    message = (
        f"nothing to reconcile for {scope.metric}: of {len(statements)} statements {len(rows)} are "
        f"of this metric, {len(achieved)} of them of achieved work, {int(known.sum())} with the "
        "days they count, and none of these for all operators and districts"
    )
    if scope.as_of is not None:
        message += f" published by {scope.as_of}"
    metrics = ", ".join(sorted(statements["metric"].unique())) or "none"
    return f"{message}. Metrics in the statements: {metrics}"


def _too_few(statements: pd.DataFrame, local: pd.DataFrame, scope: Scope) -> str:
    achieved = statements[
        (statements["metric"] == scope.metric) & (statements["status"] == "achieved")
    ]
    dated = achieved[achieved["period_start"].notna() & achieved["period_end"].notna()]
    column = "district" if scope.district != WHOLE else "land_use"
    counts = dated[dated["operator"].isin([WHOLE, "unstated"])].groupby(column).size()
    enough = counts[counts >= _LEAST_FIGURES].drop(WHOLE, errors="ignore")
    wanted = f"{scope.metric} in {scope.name}"
    return (
        f"too few published figures for {wanted}: {len(local)} with known days, "
        f"{_LEAST_FIGURES} are needed. Enough figures have: "
        f"{', '.join(str(name) for name in enough.index) or 'no ' + column}"
    )
