"""Frames for tables of countries: each figure with its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis.published.limits import LIMITS
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate

from .tables import Link

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping


def countries_listed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return country-years as text, with what they count and a link to their page.

    Parameters
    ----------
    frame : DataFrame
        As from `published.country_annual`.

    Returns
    -------
    DataFrame
        `country`, `year`, `cleared`, `reduced`, `cancelled` (km²), `mines`, `limits`, `source`.
    """
    columns = ["country", "year", "cleared", "reduced", "cancelled", "mines", "limits", "source"]
    return pd.DataFrame([_listed(row) for row in frame.to_dict("records")], columns=columns)


def paces_listed(pace: pd.DataFrame, remaining: pd.DataFrame) -> pd.DataFrame:
    """Return each country's pace, what remains and the years left as text.

    Parameters
    ----------
    pace, remaining : DataFrame
        As from `published.country_pace` and `published.country_remaining`.

    Returns
    -------
    DataFrame
        `country`, `pace` (km² a year, what it is of, its years), `remaining_area` (km², year),
        `years_left` (80% interval), `source` (of what remains).
    """
    pages = {row["iso"]: link(row) for row in remaining.to_dict("records")}
    rows = [
        {
            "country": formats.country_name(row["iso"], row["country"]),
            "pace": _pace(row),
            "remaining_area": _of_year(row["remaining"], row["remaining_year"]),
            "years_left": _left(row),
            "source": pages.get(row["iso"], Link("–", "")),
        }
        for row in pace.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["country", "pace", "remaining_area", "years_left", "source"])


def tall(frame: pd.DataFrame) -> float:
    """Return the height of a figure with a row for each country, for `chart`."""
    return max(0.5, 0.2 + 0.06 * frame["iso"].nunique())


def link(row: Mapping[Hashable, Any]) -> Link:
    """Return a link to the page of a row, named by its publisher and day."""
    day = row["published"]
    text = f"{row['publisher']}, {formats.date(day)}" if pd.notna(day) else str(row["publisher"])
    return Link(text, str(row["url"]))


def _listed(row: Mapping[Hashable, Any]) -> dict[str, object]:
    names = ("cleared", "reduced", "cancelled", "mines")
    # What is not printed is left empty: it is no line of a card.
    figures = {name: "" if pd.isna(row[name]) else formats.printed(row[name]) for name in names}
    said = [translate(LIMITS[code].words) for code in row["limits"].split(";") if code]
    return {
        "country": formats.country_name(row["iso"], row["country"]),
        "year": str(row["year"]),
        **figures,
        "limits": "; ".join(said),
        "source": link(row),
    }


def _pace(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["pace"]):
        return "–"
    kind = translate("released") if row["basis"] == "released" else translate("cleared")
    return f"{formats.number(row['pace'])} ({kind}; {row['years']})"


def _of_year(value: float, year: float) -> str:
    return "–" if pd.isna(value) else f"{formats.printed(value)} ({int(year)})"


def _left(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["years_left"]):
        return "–"
    return formats.years_left(row["years_left"], row["lower_80"], row["upper_80"])
