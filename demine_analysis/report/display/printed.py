"""Frames for tables of published figures: parts of the work, and single weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis.published import KINDS
from demine_analysis.vocabulary import LAND_USES, QUALIFIERS, label
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate, translate_names
from demine_analysis.wording.names import operator

from .tables import with_sources

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping


def parts_listed(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return published parts of the work as text, with links to their pages.

    Parameters
    ----------
    frame : DataFrame
        As from `published.breakdowns`.
    sources : DataFrame
        As from `load_sources`.

    Returns
    -------
    DataFrame
        `days`, `part`, `printed`, `whole` (what the page prints of all work), `source`.
    """
    rows = [
        {
            "days": formats.days(row["period_start"], row["period_end"]),
            "part": _part(row["by"], row["part"]),
            "printed": _said(row["value"], row["qualifier"]),
            "whole": _said(row["whole"], row["whole_qualifier"]),
            "source_id": row["source_id"],
        }
        for row in frame.to_dict("records")
    ]
    shown = pd.DataFrame(rows, columns=["days", "part", "printed", "whole", "source_id"])
    return with_sources(shown, sources).drop(columns="source_id")


def _said(value: float, qualifier: str) -> str:
    """Return a figure as it is printed, with "at least" or the like before it."""
    figure = formats.printed(value)
    if pd.isna(value) or qualifier == "exact":
        return figure
    return f"{translate(label(qualifier, QUALIFIERS))} {figure}"


def _part(by: str, part: str) -> str:
    if by == "operator":
        return operator(part)
    return translate_names(part) if by == "district" else translate(label(part, LAND_USES))


def kinds_listed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the items found by year and kind as text.

    Parameters
    ----------
    frame : DataFrame
        As from `published.ordnance`.

    Returns
    -------
    DataFrame
        `year` and a column a kind; a dash where none is printed.
    """
    years = pd.DatetimeIndex(frame.index).year.astype("str")
    counts = frame.assign(year=years, kind=frame["kind"].astype("str"))
    table = counts.pivot_table("value", "year", "kind").sort_index(ascending=False)
    table = table.reindex(columns=list(KINDS))
    return table.map(lambda count: "–" if pd.isna(count) else formats.printed(count)).reset_index()


def _printed(row: Mapping[Hashable, Any]) -> str:
    """Return a figure as printed, and whether the others contradict it."""
    number = formats.printed(row["value"])
    return translate("{figure} (set aside)").format(figure=number) if row["set_aside"] else number


def weeks_listed(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return weekly notices as text, with links to their pages.

    Parameters
    ----------
    frame : DataFrame
        As from `published.weekly_notices`, with `set_aside` as from `Series.doubted`.
    sources : DataFrame
        As from `load_sources`.

    Returns
    -------
    DataFrame
        `days`, `printed`, the counts by kind, `operator`, `source`.
    """
    counts = ["anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"]
    rows = [
        {
            "days": formats.days(row["printed_start"], row["period_end"]),
            "printed": _printed(row),
            **{kind: formats.printed(row[kind]) for kind in counts},
            "operator": operator(row["operator"]),
            "source_id": row["source_id"],
        }
        for row in frame.to_dict("records")
    ]
    columns = ["days", "printed", *counts, "operator", "source_id"]
    return with_sources(pd.DataFrame(rows, columns=columns), sources).drop(columns="source_id")
