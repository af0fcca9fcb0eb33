"""One page a country and year; densities and shares as computed by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from country_rows import cleared, frame, row

import demine_analysis as da
from demine_analysis import published
from demine_analysis.errors import ParameterError


def test_areas_become_km2_and_parts_are_summed() -> None:
    rows = frame(row("AAA", 2020, area_cleared=250.0, area_cancelled=1000.0))
    found = published.country_annual(rows, since=2010).iloc[0]
    assert (found["cleared"], found["cancelled"], found["released"]) == (2.5, 10.0, 12.5)
    assert pd.isna(found["reduced"])


def test_cleared_alone_is_not_released() -> None:
    found = published.country_annual(frame(row("AAA", 2020, area_cleared=250.0)), since=2010)
    assert found["released"].isna().all()


def test_the_whole_goes_before_parts_and_later_pages() -> None:
    rows = frame(
        row("AAA", 2020, area_cleared=900.0, note="army only", published=pd.Timestamp("2024")),
        row("AAA", 2020, area_cleared=100.0, published=pd.Timestamp("2021")),
        row("AAA", 2020, area_cleared=300.0, published=pd.Timestamp("2022")),
        row("AAA", 2020, area_cleared=200.0, area_reduced=50.0, published=pd.Timestamp("2020")),
    )
    assert published.country_annual(rows, since=2010)["released"].tolist() == [2.5]
    assert published.country_annual(rows.iloc[:3], since=2010)["cleared"].tolist() == [3.0]
    assert published.country_annual(rows.iloc[:1], since=2010)["counts"].tolist() == ["part"]


def test_left_out_are_the_world_several_years_and_early_ones() -> None:
    rows = frame(
        row("", 2020, area_cleared=1.0), row("AAA", 2009, area_cleared=1.0),
        row("AAA", 2020, area_cleared=1.0, first_year=2011), row("AAA", 2020, remaining=1.0),
    )  # fmt: skip
    assert published.country_annual(rows, since=2010).empty


def test_three_whole_years_are_enough() -> None:
    rows = frame(
        *cleared("AAA", {2018: 1.0, 2019: 2.0, 2020: 3.0}), *cleared("BBB", {2019: 1.0, 2020: 1.0}),
        row("BBB", 2018, area_cleared=1.0, note="army only"),
    )  # fmt: skip
    assert published.chosen_countries(rows, "", since=2010) == ["AAA"]
    assert published.chosen_countries(rows, " ", since=2019) == []


def test_countries_are_named_or_coded_in_any_case() -> None:
    rows = frame(row("TUR", 2020, country="Türkiye"), row("AAA", 2020))
    assert published.chosen_countries(rows, "turkiye, aaa,TUR", since=2010) == ["TUR", "AAA"]
    with pytest.raises(ParameterError, match=r"one of Aaa, Türkiye; got 'Turkei'"):
        published.chosen_countries(rows, "Turkei", since=2010)


def test_density_is_mines_over_area_of_the_same_pages() -> None:
    rows = frame(
        row("AAA", 2019, area_cleared=200.0, anti_personnel_mines=30.0, anti_vehicle_mines=10.0),
        row("AAA", 2020, area_cleared=800.0, anti_personnel_mines=20.0),
        row("AAA", 2021, area_cleared=800.0),
        row("AAA", 2022, area_cleared=0.0, anti_personnel_mines=5.0),
        row("AAA", 2023, area_cleared=1.0, anti_personnel_mines=5.0, note="army only"),
    )
    found = published.mine_density(published.country_annual(rows, since=2010))
    assert found["density"].tolist() == [20.0, 2.5]
    assert found["pooled"].tolist() == [6.0, 6.0]  # 60 mines on 10 km²


def test_shares_add_up_to_one() -> None:
    rows = frame(
        row("AAA", 2019, area_cleared=100.0, area_reduced=100.0, area_cancelled=200.0),
        row("AAA", 2020, area_cleared=200.0, area_cancelled=400.0,
            note="400 is cancellation plus reduction"),
        row("AAA", 2021, area_cleared=9000.0),
    )  # fmt: skip
    (found,) = published.release_shares(published.country_annual(rows, since=2010)).to_dict(
        "records"
    )
    parts = [found[name] for name in ("cleared", "reduced", "cancelled", "together")]
    assert parts == pytest.approx([0.3, 0.1, 0.2, 0.4])
    assert (found["released"], found["years"]) == (10.0, "2019, 2020")


def test_limits_are_listed_with_their_years() -> None:
    rows = frame(*cleared("AAA", {2020: 1.0, 2018: 1.0}, note="army only"), row("BBB", 2020))
    found = published.country_limits(published.country_annual(rows, since=2010))
    assert found.to_dict("records") == [
        {"iso": "AAA", "country": "Aaa", "limit": "part_of_work", "years": "2018, 2020"}
    ]


def test_pages_of_what_is_shown_are_listed_once() -> None:
    rows = da.load_country_years()
    annual = published.country_annual(rows[rows["iso"] == "KHM"], since=2010)
    pages, used = published.country_pages(rows, annual, annual)
    assert len(used) == annual["record_id"].nunique()
    assert pages["source_id"].is_unique
    assert set(pages["url"]) == set(annual["url"])
