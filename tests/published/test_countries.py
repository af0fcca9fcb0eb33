"""Countries side by side, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import demine_analysis as da
from demine_analysis import published
from demine_analysis.errors import ParameterError


def record(country: str, year: int, **cells: object) -> dict[str, object]:
    empty = dict.fromkeys(
        ["area_cleared", "area_reduced", "area_cancelled", "anti_personnel_mines", "remaining"],
        np.nan,
    )
    return {
        "record_id": f"{country}-{year}.{cells.get('edition', 1)}", "country": country,
        "iso": country[:3].upper(), "region": "", "first_year": year, "last_year": year,
        "url": "https://example.org", "publisher": "Yearbook",
        "published": pd.Timestamp(year + 1, 10, 1), **empty, **cells,
    }  # fmt: skip


def records(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def test_the_latest_page_stands_and_takes_no_figure_away() -> None:
    late = pd.Timestamp("2024-01-01")
    years = published.country_years(
        records(
            record("Alba", 2020, area_cleared=100.0, remaining=900.0),
            record("Alba", 2020, area_cleared=120.0, published=late, edition=2),
            record("Alba", 2020, area_cleared=999.0, region="North", edition=3),
            {**record("Alba", 2019, area_cleared=5000.0), "last_year": 2021},
        )
    )
    assert years.index.tolist() == [("Alba", 2020)]
    row = years.iloc[0]
    assert (row["area_cleared"], row["remaining"], row["released"]) == (120, 900, 120)


def test_years_left_are_what_remains_over_the_pace() -> None:
    rows = [record("Alba", year, area_cleared=100.0) for year in (2018, 2019, 2020)]
    rows.append(record("Alba", 2021, area_cancelled=5000.0, remaining=1000.0))
    left = published.years_left(published.country_years(records(*rows))).loc["Alba"]
    # Every year of the pace is the same, so there is no spread; cancelled land is no pace.
    assert left[["median", "lower_80", "upper_80"]].tolist() == [10, 10, 10]
    assert (left["pace"], left["pace_years"], left["remaining_year"]) == (100, 3, 2021)


def test_uneven_years_have_a_spread() -> None:
    rows = [
        record("Alba", 2018 + n, area_cleared=value, remaining=1000.0)
        for n, value in enumerate([50.0, 100.0, 150.0])
    ]
    left = published.years_left(published.country_years(records(*rows))).loc["Alba"]
    assert left["median"] == pytest.approx(10, rel=0.1)
    # The mean of three draws is 66.7 or less in 4 of 27 cases, 133.3 or more in as many.
    assert left["upper_80"] == pytest.approx(15, rel=0.1)
    assert left["lower_80"] == pytest.approx(7.5, rel=0.1)


def test_why_no_years_are_told() -> None:
    rows = [record("Old", year, area_cleared=9.0, remaining=90.0) for year in (2005, 2006, 2007)]
    rows += [record("Few", 2020, area_cleared=9.0, remaining=90.0)]
    rows += [record("None", year, area_cleared=9.0) for year in (2018, 2019, 2020)]
    left = published.years_left(published.country_years(records(*rows)))
    assert left["reason"].to_dict() == {"Old": "too old", "Few": "no pace", "None": "no remaining"}
    assert left["median"].isna().all()


def test_mines_and_ways_are_of_the_years_that_print_both() -> None:
    rows = [
        record("Alba", 2020, area_cleared=200.0, anti_personnel_mines=50.0, area_cancelled=600.0),
        record("Alba", 2021, area_cleared=100.0, anti_personnel_mines=10.0),
        record("Alba", 2022, anti_personnel_mines=1000.0),
    ]
    years = published.country_years(records(*rows))
    # 60 mines on 3 km².
    assert published.mines_per_km2(years).loc["Alba", "value"] == 20
    shares = published.shares(years).loc["Alba"]
    assert (shares["area_cleared"], shares["area_cancelled"], shares["years"]) == (0.25, 0.75, 1)


def test_countries_answer_to_name_and_code() -> None:
    world = da.load_country_years()
    chosen = published.country_years(world, ["khm", "Angola"], 2015)
    assert set(chosen.index.get_level_values("country")) == {"Cambodia", "Angola"}
    assert chosen.index.get_level_values("year").min() >= 2015
    with pytest.raises(ParameterError, match=r"did you mean Angola\?\), got 'angla'"):
        published.country_years(world, ["Angla"])
    assert "World" not in published.country_years(world).index.get_level_values("country")
