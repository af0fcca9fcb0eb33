"""The operators whose work the figures of a country count, and what is left for the rest."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from demine_analysis.errors import ReconcileError
from demine_analysis.reconciliation.evidence.joining import one_each
from demine_analysis.reconciliation.evidence.parts import (
    EVERYBODY,
    REST,
    Evidence,
    contains,
    evidence_of,
)
from demine_analysis.scope import WHOLE, Scope
from demine_analysis.vocabulary import describe_allowed

_OWN_PART = 10
"""Figures from which an operator is modelled beside the one asked for."""

_FEWEST = 5
"""Figures from which an operator silent for long is counted into a whole that nobody prints."""

_SILENT = pd.Timedelta(days=365)
"""Days without a figure after which nobody knows what an operator with few figures does."""

_NAMED_TO_WHOLE = 8
"""Figures of operators to one of the whole at which the whole says nothing of the rest."""

_BREAKDOWN_SLACK = 0.001
"""Part of the whole by which the rounded figures of a complete breakdown may miss it."""

_PAGE = ["source_id", "period_start", "period_end"]


def by_operator(chosen: pd.DataFrame, country: pd.DataFrame, scope: Scope) -> Evidence:
    """Return the evidence of one operator's work, or of the sum of all operators' work.

    Parameters
    ----------
    chosen : DataFrame
        Statements as `usable` returns them.
    country : DataFrame
        Figures of the country and all land uses, as `observations` returns them.
    scope : Scope
        What is asked for.

    Raises
    ------
    ReconcileError
        If no figure names the operator.
    """
    counts = country["operator"].value_counts()
    named = counts.drop(list(EVERYBODY), errors="ignore")
    if scope.operator not in (WHOLE, *named.index):
        known = describe_allowed(scope.operator, [WHOLE, *named.index])
        raise ReconcileError(
            f"no figure of {scope.metric} names operator {scope.operator!r}; {known}"
        )
    within = _containers(chosen)
    wholes = int(counts.sum() - named.sum())
    # The whole is not widened by a rest that hardly a figure speaks of; a part is not hurt by it.
    enough = named.sum() / _NAMED_TO_WHOLE if scope.operator == WHOLE else 0
    printed = wholes > 0 and wholes >= enough
    heard = named if printed or scope.operator != WHOLE else named.drop(_unheard(country, within))
    parts = _parts(heard, scope, within, printed=printed)
    kept = country[country["operator"].isin([*(EVERYBODY if printed else ()), *parts])]
    if printed:
        parts = (*parts, REST)
        kept = pd.concat([kept, rest_figures(chosen, parts)], ignore_index=True)
    counted = [
        tuple(x in EVERYBODY or contains(within, x, part) for part in parts)
        for x in kept["operator"]
    ]
    asked = tuple(contains(within, scope.operator, part) for part in parts)
    return evidence_of(parts, kept, counted, asked, within)


def _parts(
    named: pd.Series, scope: Scope, within: Mapping[str, str], *, printed: bool
) -> tuple[str, ...]:
    """Return the operators to model, the one asked for first.

    Beside a printed whole, operators with few figures are left to the rest. Without one nothing
    ties an operator to others, but for those that contain it or that it contains.
    """
    own = scope.operator
    if own == WHOLE:
        many = named[named >= _OWN_PART]
        others = many if printed and len(many) else named
    elif printed:
        others = named[named >= _OWN_PART]
    else:
        related = [contains(within, own, x) or contains(within, x, own) for x in named.index]
        others = named[related]
    first = () if own == WHOLE else (own,)
    return (*first, *sorted(set(others.index) - {own}))


def _unheard(country: pd.DataFrame, within: Mapping[str, str]) -> list[str]:
    """Return the operators whose work of today would be anybody's guess.

    They have next to no figures and none of the last year, and no other operator's figures count
    their work. Such a guess would make the whole of the last year as wide as it likes.
    """
    named = country[~country["operator"].isin(EVERYBODY)].groupby("operator")["end"]
    few, last = named.count() < _FEWEST, named.max()
    tied = last.index.isin([*within, *within.values()])
    return list(last.index[few & (last.max() - last > _SILENT) & ~tied])


def _containers(chosen: pd.DataFrame) -> dict[str, str]:
    if "part_of" not in chosen:
        return {}
    pairs = chosen.loc[chosen["part_of"].ne(""), ["operator", "part_of"]].drop_duplicates()
    return dict(zip(pairs["operator"], pairs["part_of"], strict=True))


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
