"""Find the figures that speak of a scope, and whose work each of them counts.

The whole (all institutions, the country) is one part, or is split into the part asked for, other
operators with many figures of their own, and the rest. Every figure counts some of the parts.
"""

from __future__ import annotations

import pandas as pd

from demine_analysis.errors import ReconcileError
from demine_analysis.reconciliation.evidence.joining import observations
from demine_analysis.reconciliation.evidence.operators import by_operator
from demine_analysis.reconciliation.evidence.parts import EVERYBODY, REST, Evidence, evidence_of
from demine_analysis.reconciliation.evidence.running_totals import growth
from demine_analysis.reconciliation.statements import of_scope, without_first_day
from demine_analysis.scope import WHOLE, Scope
from demine_analysis.vocabulary import describe_allowed

_LEAST_FIGURES = 2
"""Figures that a district or land use needs: one alone says nothing of its course."""


def gather(statements: pd.DataFrame, scope: Scope) -> Evidence:
    """Return the parts to model for a scope and every figure that speaks of them.

    Parameters
    ----------
    statements : DataFrame
        As `tidied` returns them; `part_of`, where there is such a column, names the operator that
        contains a row's.
    scope : Scope
        What to gather figures for.

    Raises
    ------
    ReconcileError
        If no figure speaks of the scope, or too few do; the message says which there are.

    Notes
    -----
    The whole is one part where most of its figures count everybody's work: operators' figures
    would then add little. Where most name an operator, these are its parts, and where next to all
    do, they are all of it: what others did beside them is then not known, and the few figures of
    the whole are left to `audit`.
    """
    chosen = of_scope(statements, scope)
    figures = observations(chosen)
    unbegun = without_first_day(statements, scope)
    if len(unbegun):
        figures = pd.concat([figures, growth(unbegun)], ignore_index=True)
    of_country = (figures["district"] == WHOLE) & (figures["land_use"] == WHOLE)
    country = figures[of_country]
    whole = country[country["operator"].isin(EVERYBODY)]
    if scope.is_whole and 2 * len(whole) >= len(country):
        _require_figures(statements, whole, scope)
        return evidence_of((WHOLE,), whole, [(True,)] * len(whole), (True,))
    if (scope.district, scope.land_use) == (WHOLE, WHOLE):
        return by_operator(chosen, country, scope)
    return _by_place(statements, figures[~of_country], whole, scope)


def _by_place(
    statements: pd.DataFrame, local: pd.DataFrame, whole: pd.DataFrame, scope: Scope
) -> Evidence:
    _require_known(statements, scope)
    own = list(EVERYBODY) if scope.operator == WHOLE else [scope.operator]
    local = local[local["operator"].isin(own)]
    if len(local) < _LEAST_FIGURES:
        raise ReconcileError(_too_few(statements, local, scope))
    if whole.empty:
        return evidence_of((scope.name,), local, [(True,)] * len(local), (True,))
    figures = pd.concat([local, whole], ignore_index=True)
    counted = [(True, False)] * len(local) + [(True, True)] * len(whole)
    return evidence_of((scope.name, REST), figures, counted, (True, False))


def _require_known(statements: pd.DataFrame, scope: Scope) -> None:
    """Refuse a district or land use that no statement is about: it may be mistyped."""
    for column in ("district", "land_use"):
        asked, known = getattr(scope, column), sorted({*statements[column]} - {WHOLE})
        if asked not in (WHOLE, *known):
            allowed = describe_allowed(asked, [WHOLE, *known])
            raise ReconcileError(f"{column} must be {allowed}, got {asked!r}")


def _require_figures(statements: pd.DataFrame, figures: pd.DataFrame, scope: Scope) -> None:
    if figures.empty:
        raise ReconcileError(_nothing(statements, scope))


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
