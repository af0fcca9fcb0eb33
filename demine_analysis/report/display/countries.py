"""Frames for tables of countries side by side."""

from __future__ import annotations

import pandas as pd

from demine_analysis.report.findings.countries import years_long
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate

from .tables import Link

_NUMBERS = ("area_cleared", "area_reduced", "area_cancelled", "anti_personnel_mines", "remaining")


def country_years_listed(years: pd.DataFrame) -> pd.DataFrame:
    """Return countries and years as text, with links to their pages.

    Parameters
    ----------
    years : DataFrame
        As from `published.country_years`.

    Returns
    -------
    DataFrame
        `country`, `year`, the areas, mines and what remains, `source`; the latest year first.
    """
    rows = [
        {
            "country": translate(str(row["country"])),
            "year": formats.year(int(row["year"])),
            **{name: _number(row[name]) for name in _NUMBERS},
            "source": Link(str(row["publisher"]), str(row["url"])),
        }
        for row in _latest_first(years).to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["country", "year", *_NUMBERS, "source"])


def years_left_listed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the years left as text, as from `published.years_left`; rows without are left out."""
    rows = [
        {
            "country": translate(str(country)),
            "remaining": _of_year(row["remaining"], int(row["remaining_year"])),
            "pace": _number(row["pace"]),
            "pace_years": str(int(row["pace_years"])),
            "half": years_long(row["median"]),
            "interval_80": f"{years_long(row['lower_80'])} – {years_long(row['upper_80'])}",
        }
        for country, row in frame[frame["median"].notna()].iterrows()
    ]
    columns = ["country", "remaining", "pace", "pace_years", "half", "interval_80"]
    return pd.DataFrame(rows, columns=columns)


def _of_year(value: float, year: int) -> str:
    return f"{_number(value)} ({formats.year(year)})"


def _number(value: float) -> str:
    return "–" if pd.isna(value) else formats.number(value)


def _latest_first(years: pd.DataFrame) -> pd.DataFrame:
    return years.reset_index().sort_values(["country", "year"], ascending=[True, False])
