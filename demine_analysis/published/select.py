"""Choose the statements that count for a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis.arguments import day
from demine_analysis.reconciliation.statements import publication_date

from .choice import OPERATOR_RANK, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demine_analysis.scope import Scope

    from .choice import Places


def known_by(statements: pd.DataFrame, as_of: str | None) -> pd.DataFrame:
    """Keep the statements that had been published by a day; None keeps all."""
    if as_of is None:
        return statements
    known = publication_date(statements) <= day(as_of, "as_of")
    return statements if known.all() else statements[known]


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
    return frame.iloc[places_of(frame, scope, period=period, status=status)]


def places_of(
    frame: pd.DataFrame, scope: Scope, *, period: str = "", status: str = "achieved"
) -> Places:
    """Return the places of the rows that `select` keeps; all statements are known."""
    codes = {"period": period} if period else {}
    codes |= {"metric": scope.metric, "status": status}
    codes |= {"district": scope.district, "land_use": scope.land_use}
    if scope.operator != "all":
        codes["operator"] = scope.operator
    places = matching(frame, codes)
    if scope.without:
        places = places[~frame["statement_id"].iloc[places].isin(scope.without).to_numpy()]
    return within(frame, places, scope)


def behind(statements: pd.DataFrame, *frames: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that frames name in their `statement_id`, each once."""
    named = [set(frame["statement_id"]) for frame in frames if "statement_id" in frame]
    return statements[statements["statement_id"].isin(set().union(*named))]


def matching(frame: pd.DataFrame, codes: Mapping[str, str]) -> Places:
    """Return the places of the rows with these codes; name first what leaves the fewest."""
    places = np.arange(len(frame))
    for column, code in codes.items():
        places = places[texts(frame, column, places) == code]
    return places


def within(frame: pd.DataFrame, places: Places, scope: Scope) -> Places:
    """Return those of the places whose period lies in the days of the scope.

    Only the end of a cumulative figure has to: it starts before any window.
    """
    if not scope.start and not scope.end:
        return places
    rows = frame[["period", "period_start", "period_end"]].iloc[places]
    first = rows["period_start"].where(rows["period"] != "cumulative", rows["period_end"])
    inside = np.ones(len(rows), dtype=bool)
    if scope.start:
        inside &= first >= pd.Timestamp(scope.start)
    if scope.end:
        inside &= rows["period_end"] <= pd.Timestamp(scope.end)
    return places[inside]


def of_all_operators(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Drop single operators' figures where the work of all is asked for."""
    if scope.operator != "all":
        return frame
    return frame[frame["operator"].isin(OPERATOR_RANK)]
