"""The three pages that the project started from: each of their figures is found, as printed.

The table below is written by hand from the pages and the project's brief, not from the CSV files.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import pytest

import demine_analysis as da

FIRST, SECOND, THIRD = "trend-20230306", "trend-20250617", "azernews-20250714"
ADDRESS_ENDS = {FIRST: "3719044.html", SECOND: "politics/4058260.html", THIRD: "nation/244623.html"}
PUBLISHED = {FIRST: "2023-03-06", SECOND: "2025-06-17", THIRD: "2025-07-14"}

AREA, AP, AV, UXO = (
    "area_cleared",
    "anti_personnel_mines",
    "anti_vehicle_mines",
    "unexploded_ordnance",
)
SINCE_THE_WAR = ("cumulative", "2020-11-10", "2023-03-06")
YEAR_2022 = ("year", "2022-01-01", "2022-12-31")
JANUARY_2023 = ("month", "2023-01-01", "2023-01-30")
THIS_YEAR = ("year_to_date", "2025-01-01", "2025-06-17")
ONE_WEEK = ("week", "2025-07-07", "2025-07-13")


class Figure(NamedTuple):
    page: str
    value: float
    metric: str
    period: tuple[str, str | None, str]
    qualifier: str = "exact"
    status: str = "achieved"
    land_use: str = "all"
    operator: str = "all"


FIGURES = [
    Figure(FIRST, 68_900, AREA, SINCE_THE_WAR, "at_least"),
    Figure(FIRST, 82_700, "explosive_items", SINCE_THE_WAR, "at_least"),
    Figure(FIRST, 5_600, AREA, SINCE_THE_WAR, land_use="transport"),
    Figure(FIRST, 1_070, AREA, SINCE_THE_WAR, land_use="railway"),
    Figure(FIRST, 41_915, AREA, YEAR_2022),
    Figure(FIRST, 8_780, AP, YEAR_2022, "at_least"),
    Figure(FIRST, 4_133, AV, YEAR_2022),
    Figure(FIRST, 14_950, UXO, YEAR_2022),
    Figure(FIRST, 61, AP, JANUARY_2023, operator="unstated"),
    Figure(FIRST, 157, AV, JANUARY_2023, operator="unstated"),
    Figure(FIRST, 523, UXO, JANUARY_2023, operator="unstated"),
    Figure(
        FIRST, 77, AREA, ("year", "2023-01-01", "2023-12-31"), "at_most", "planned", "transport"
    ),
    Figure(FIRST, 820_000, AREA, ("other", None, "2023-12-31"), "at_least", "planned"),
    Figure(SECOND, 27_204, AREA, THIS_YEAR),
    Figure(SECOND, 8_318, AREA, THIS_YEAR, land_use="residential"),
    Figure(SECOND, 9_176, AREA, THIS_YEAR, land_use="agriculture"),
    Figure(SECOND, 1_951, AREA, THIS_YEAR, land_use="environment"),
    Figure(SECOND, 708, AREA, THIS_YEAR, land_use="transport"),
    Figure(SECOND, 628, AREA, THIS_YEAR, land_use="water"),
    Figure(THIRD, 1_639.6, AREA, ONE_WEEK),
    Figure(THIRD, 65, AP, ONE_WEEK),
    Figure(THIRD, 16, AV, ONE_WEEK),
    Figure(THIRD, 240, UXO, ONE_WEEK),
]


@pytest.fixture(scope="module", params=[True, False], ids=["corrected", "printed"])
def statements(request: pytest.FixtureRequest) -> pd.DataFrame:
    return da.load_statements("azerbaijan", corrected=request.param)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.page}-{figure.value:g}")
def test_figure_is_found_as_printed(figure: Figure, statements: pd.DataFrame) -> None:
    page = statements[statements["source_id"] == figure.page]
    found = page[(page["value"] == figure.value) & (page["metric"] == figure.metric)]
    assert len(found) == 1
    row = found.iloc[0]
    stated = ["qualifier", "status", "land_use", "operator"]
    assert [row[name] for name in stated] == [getattr(figure, name) for name in stated]
    assert row["unit"] == ("ha" if figure.metric == AREA else "items")
    period, start, end = figure.period
    assert row["period"] == period
    assert row["period_end"] == pd.Timestamp(end)
    assert (
        pd.isna(row["period_start"])
        if start is None
        else row["period_start"] == pd.Timestamp(start)
    )


def test_founding_pages_have_no_other_figures(statements: pd.DataFrame) -> None:
    pages = statements[statements["source_id"].isin(ADDRESS_ENDS)]
    assert sorted(pages["value"]) == sorted(figure.value for figure in FIGURES)


def test_founding_pages_are_the_right_addresses() -> None:
    sources = da.load_sources("azerbaijan").set_index("source_id")
    for page, end in ADDRESS_ENDS.items():
        assert str(sources.loc[page, "url"]).endswith(end)
        assert sources.loc[page, "published"] == pd.Timestamp(PUBLISHED[page])
