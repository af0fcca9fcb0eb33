"""Which statements count for a question, and which one of several for the same period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from demine_analysis.arguments import day
from demine_analysis.statements import printed_unit, publication_date

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Whose work counts most when the work of all is asked for; a named operator comes last.
_OPERATOR_RANK = {"all": 0, "unstated": 1}
#: A figure rounded to one digit (800,000) stands for no finer one that is further away than this.
_ROUNDING_LIMIT = 0.02
_QUALIFIER_RANK = {"exact": 0, "at_least": 1, "at_most": 2, "about": 3}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a report is about: a metric, a span of days, whose work, where, for what, known when.

    Parameters
    ----------
    metric : str
        A metric of `vocabulary`, for instance ``area_cleared``.
    start, end : str
        First and last day, inclusive, YYYY-MM-DD; None: no limit.
    district, operator, land_use : str
        One name, or ``all``.
    as_of : str
        Only what had been published by this day; None: everything.
    without : frozenset of str
        Statements set aside, by `statement_id`; none by default.
    """

    metric: str = "area_cleared"
    start: str | None = None
    end: str | None = None
    district: str = "all"
    operator: str = "all"
    land_use: str = "all"
    as_of: str | None = None
    without: frozenset[str] = frozenset()

    def but(self, **changes: Any) -> Scope:
        """Return the same scope with some fields changed."""
        return replace(self, **changes)


def known_by(statements: pd.DataFrame, as_of: str | None) -> pd.DataFrame:
    """Keep the statements that had been published by a day; None keeps all."""
    if as_of is None:
        return statements
    return statements[publication_date(statements) <= day(as_of, "as_of")]


def select(
    statements: pd.DataFrame, scope: Scope, *, period: str = "", status: str = "achieved"
) -> pd.DataFrame:
    """Keep the statements that a scope asks for.

    Parameters
    ----------
    statements : DataFrame
        As from `load_statements`.
    scope : Scope
        Metric, days, district, operator, land use, publication day. With ``operator="all"``
        the statements of single operators stay in: they are the last choice of `pick`.
    period : str
        Only this kind of period, for instance ``week``; empty: every kind.
    status : str
        ``achieved``, ``planned``, ``requested`` or ``estimated``.

    Returns
    -------
    DataFrame
        The rows kept, columns unchanged.
    """
    frame = known_by(statements, scope.as_of)
    keep = (
        frame["metric"].eq(scope.metric)
        & frame["status"].eq(status)
        & frame["district"].eq(scope.district)
        & frame["land_use"].eq(scope.land_use)
    )
    if scope.without:
        keep &= ~frame["statement_id"].isin(scope.without)
    if scope.operator != "all":
        keep &= frame["operator"].eq(scope.operator)
    if period:
        keep &= frame["period"].eq(period)
    return within(frame[keep], scope)


def within(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Keep the rows whose period lies in the days of the scope.

    Only the end of a cumulative figure has to: it starts before any window.
    """
    first = frame["period_start"].where(frame["period"] != "cumulative", frame["period_end"])
    if scope.start:
        frame = frame[first >= pd.Timestamp(scope.start)]
    if scope.end:
        frame = frame[frame["period_end"] <= pd.Timestamp(scope.end)]
    return frame


def roundings(values: pd.Series, printed: float | pd.Series, unit: float | pd.Series) -> pd.Series:
    """Mark the values that a printed one may be a rounding or a cut of, at most 2% away."""
    distance = (values - printed).abs()
    return (distance < unit) & (distance <= _ROUNDING_LIMIT * printed) | (distance == 0)


def of_all_operators(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Drop single operators' figures where the work of all is asked for."""
    if scope.operator != "all":
        return frame
    return frame[frame["operator"].isin(_OPERATOR_RANK)]


def _ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort the best statement first: whose work, qualifier, latest page, then name."""
    order = pd.DataFrame(
        {
            "operator": frame["operator"].map(_OPERATOR_RANK).fillna(len(_OPERATOR_RANK)),
            "qualifier": frame["qualifier"].map(_QUALIFIER_RANK),
            "published": -frame["published"].fillna(pd.Timestamp(0)).astype("int64"),
            "statement_id": frame["statement_id"],
        },
        index=frame.index,
    )
    return frame.loc[order.sort_values(list(order.columns)).index]


def _finest(ranked: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return a row a group: the first, or a finer figure of the same scope that rounds to it."""
    rows = ranked.assign(unit_printed=printed_unit(ranked["value"]))
    first = rows.groupby(by)[["operator", "value", "unit_printed"]].transform("first")
    same = rows["operator"] == first["operator"]
    rows, first = rows[same], first[same]
    finer = roundings(rows["value"], first["value"], first["unit_printed"])
    chosen = rows[finer].sort_values("unit_printed", kind="stable").drop_duplicates(by)
    choice = rows.groupby(by)["value"].agg(n_statements="size", lowest="min", highest="max")
    return chosen.drop(columns="unit_printed").join(choice, on=by).sort_values(by)


def pick(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Keep one statement a group, by rules that a reader can repeat by hand.

    1. The work of all before work of unstated scope before that of one operator.
    2. An exact figure before "at least", "at most" and "about".
    3. The latest page; a page without a date comes last.
    4. A finer figure that the chosen one is a rounding of takes its place
       (62,023.9 for 62,000).

    Parameters
    ----------
    frame : DataFrame
        Statements.
    by : sequence of str
        Columns that name a group.

    Returns
    -------
    DataFrame
        One row a group, in order of `by`, with the columns of the statements and
        `n_statements`, `lowest`, `highest`: how many of the same scope (all, unstated, one
        operator) were to choose from, and their range.
    """
    if frame.empty:
        return frame.assign(n_statements=0, lowest=np.nan, highest=np.nan)
    keys = list(by)
    return _finest(_ranked(frame.dropna(subset=keys)), keys).reset_index(drop=True)
