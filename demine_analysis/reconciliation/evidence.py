"""Find the figures that speak of a scope, and whose work each of them counts.

The whole (all institutions, the country) is one part, or is split into the part asked for, other
operators with many figures of their own, and the rest. Every figure counts some of the parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from demine_analysis.errors import ReconcileError
from demine_analysis.reconciliation.days import closed, closing_days, day_shares, weekday_shares
from demine_analysis.reconciliation.joining import observations, one_each
from demine_analysis.reconciliation.running_totals import growth
from demine_analysis.reconciliation.statements import of_scope, without_first_day
from demine_analysis.scope import WHOLE, Scope
from demine_analysis.vocabulary import describe_allowed

REST = "rest"

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

_EVERYBODY = (WHOLE, "unstated")

_TELLING = 10
"""Figures of which the others may doubt that one alone begins so early."""

_LONELY = pd.Timedelta(days=90)
"""Days before all others at which a running total's beginning is not believed."""

_LEAST_FIGURES = 2
"""Figures that a district or land use needs: one alone says nothing of its course."""


@dataclass(frozen=True)
class Evidence:
    """The figures for a scope.

    Parameters
    ----------
    parts : tuple of str
        Names of the parts; the one asked for first, the rest last.
    figures : DataFrame
        As `observations` returns them, with `parts`: a tuple of bool, whose work a row counts,
        `day_share`: the log of the share of a mean day that a day's notice counts, and
        `days_unsure`: the spread of how many days it counts, as from `days.closed`.
    asked : tuple of bool
        The parts that make up what was asked for.
    first : tuple of Timestamp
        The first day of each part's work.
    within : mapping of str to str
        Which operator contains another.
    weekdays : mapping of int to float
        The log of each weekday's share of a mean day's work, as from `days.weekday_shares`.
    closings : mapping of str to int
        The weekday on which operators close their books, as from `days.closing_days`.
    """

    parts: tuple[str, ...]
    figures: pd.DataFrame
    asked: tuple[bool, ...]
    first: tuple[pd.Timestamp, ...]
    within: Mapping[str, str] = field(default_factory=dict)
    weekdays: Mapping[int, float] = field(default_factory=dict)
    closings: Mapping[str, int] = field(default_factory=dict)

    @property
    def late(self) -> bool:
        """Return whether a part begins later than another."""
        return len(set(self.first)) > 1

    def counted_by(self, operator: str) -> tuple[bool, ...] | None:
        """Return the parts that an operator's figures count; None where they are not told apart."""
        if operator not in self.parts[: len(self.parts) - (REST in self.parts)]:
            return None
        return tuple(_contains(self.within, operator, part) for part in self.parts)


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
    whole = country[country["operator"].isin(_EVERYBODY)]
    if scope.is_whole and 2 * len(whole) >= len(country):
        _require_figures(statements, whole, scope)
        return _evidence((WHOLE,), whole, [(True,)] * len(whole), (True,))
    if (scope.district, scope.land_use) == (WHOLE, WHOLE):
        return _by_operator(chosen, country, scope)
    return _by_place(statements, figures[~of_country], whole, scope)


def _by_operator(chosen: pd.DataFrame, country: pd.DataFrame, scope: Scope) -> Evidence:
    counts = country["operator"].value_counts()
    named = counts.drop(list(_EVERYBODY), errors="ignore")
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
    kept = country[country["operator"].isin([*(_EVERYBODY if printed else ()), *parts])]
    if printed:
        parts = (*parts, REST)
        kept = pd.concat([kept, rest_figures(chosen, parts)], ignore_index=True)
    counted = [
        tuple(x in _EVERYBODY or _contains(within, x, part) for part in parts)
        for x in kept["operator"]
    ]
    asked = tuple(_contains(within, scope.operator, part) for part in parts)
    return _evidence(parts, kept, counted, asked, within)


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
        related = [_contains(within, own, x) or _contains(within, x, own) for x in named.index]
        others = named[related]
    first = () if own == WHOLE else (own,)
    return (*first, *sorted(set(others.index) - {own}))


def _unheard(country: pd.DataFrame, within: Mapping[str, str]) -> list[str]:
    """Return the operators whose work of today would be anybody's guess.

    They have next to no figures and none of the last year, and no other operator's figures count
    their work. Such a guess would make the whole of the last year as wide as it likes.
    """
    named = country[~country["operator"].isin(_EVERYBODY)].groupby("operator")["end"]
    few, last = named.count() < _FEWEST, named.max()
    tied = last.index.isin([*within, *within.values()])
    return list(last.index[few & (last.max() - last > _SILENT) & ~tied])


def _containers(chosen: pd.DataFrame) -> dict[str, str]:
    if "part_of" not in chosen:
        return {}
    pairs = chosen.loc[chosen["part_of"].ne(""), ["operator", "part_of"]].drop_duplicates()
    return dict(zip(pairs["operator"], pairs["part_of"], strict=True))


def _contains(within: Mapping[str, str], operator: str, part: str) -> bool:
    """Return whether an operator's figures count a part."""
    if operator in (WHOLE, part):
        return True
    outer = within.get(part)
    return outer is not None and _contains(within, operator, outer)


def _evidence(
    parts: tuple[str, ...],
    figures: pd.DataFrame,
    counted: Sequence[tuple[bool, ...]],
    asked: tuple[bool, ...],
    within: Mapping[str, str] | None = None,
) -> Evidence:
    """Return the evidence; nobody works before the first day, so no figure counts days before."""
    closings = closing_days(figures)
    figures = closed(figures, closings)
    figures = figures.assign(parts=pd.Series(counted, index=figures.index, dtype=object))
    mask = np.array(counted, dtype=bool)
    first = tuple(_first_days(parts, figures, mask))
    begins = np.array(first, dtype="datetime64[ns]")
    earliest = np.where(mask, begins, np.datetime64("2262-01-01")).min(axis=1)
    days = figures["start"].where(figures["start"].to_numpy() >= earliest, earliest)
    weekdays = weekday_shares(figures)
    figures = figures.assign(start=days, day_share=day_shares(figures, weekdays))
    return Evidence(parts, figures, asked, first, within or {}, weekdays, closings)


def _first_days(
    parts: Sequence[str], figures: pd.DataFrame, counted: np.ndarray
) -> list[pd.Timestamp]:
    """Return each part's first day: the earliest that a figure of its own counts.

    An operator's own figures count as few others as any that count it; the rest has those of all.
    """
    found = []
    width = counted.sum(axis=1)
    for place, part in enumerate(parts):
        counts = counted[:, place]
        own = counts if part == REST else counts & (width == width[counts].min())
        found.append(_first_day(figures[own]))
    return found


def _first_day(figures: pd.DataFrame) -> pd.Timestamp:
    """Return the first day that figures count.

    A running total that begins long before all others, and reaches into the days of another one,
    counts from another day than it says.
    """
    order = figures.sort_values("start", kind="stable")
    first, others = order.iloc[0], order.iloc[1:]
    if len(order) >= _TELLING and first["kind"] == "total":
        second = others["start"].iloc[0]
        totals = others.loc[others["kind"] == "total", "start"]
        if second - first["start"] > _LONELY and first["end"] > totals.min():
            return pd.Timestamp(second)
    return pd.Timestamp(first["start"])


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
    statements: pd.DataFrame, local: pd.DataFrame, whole: pd.DataFrame, scope: Scope
) -> Evidence:
    own = list(_EVERYBODY) if scope.operator == WHOLE else [scope.operator]
    local = local[local["operator"].isin(own)]
    if len(local) < _LEAST_FIGURES:
        raise ReconcileError(_too_few(statements, local, scope))
    if whole.empty:
        return _evidence((scope.name,), local, [(True,)] * len(local), (True,))
    figures = pd.concat([local, whole], ignore_index=True)
    counted = [(True, False)] * len(local) + [(True, True)] * len(whole)
    return _evidence((scope.name, REST), figures, counted, (True, False))


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
