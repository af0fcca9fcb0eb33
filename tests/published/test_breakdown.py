from __future__ import annotations

import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis import published
from demine_analysis.scope import Scope


@pytest.fixture(scope="module")
def azerbaijan() -> pd.DataFrame:
    return da.load_statements("azerbaijan")


def test_ordnance_of_2024_adds_up_to_the_printed_total(azerbaijan: pd.DataFrame) -> None:
    kinds = published.ordnance(azerbaijan).loc["2024":"2024"]
    assert kinds["kind"].tolist() == list(published.KINDS)
    assert kinds["value"].sum() == 65821


def test_items_per_hectare_divide_figures_of_one_scope() -> None:
    frame = statements(
        {"metric": "anti_personnel_mines", "value": 50.0, "unit": "items"},
        {"metric": "anti_vehicle_mines", "value": 10.0, "unit": "items", "operator": "MoD"},
        {"value": 1000.0},
    )
    density = published.items_per_hectare(frame)
    assert density["value"].tolist() == [0.05]
    assert density["area_statement_id"].tolist() == ["page-2.01"]


def test_districts_and_operators_of_2023_add_up(azerbaijan: pd.DataFrame) -> None:
    for breakdown in (published.district_totals, published.operator_totals):
        parts = breakdown(azerbaijan).loc["2023":"2023"]
        assert parts["value"].sum() == pytest.approx(53081.8)


def test_land_uses_of_2023_add_up_though_a_page_counts_one_by_another_name(
    azerbaijan: pd.DataFrame,
) -> None:
    uses = published.land_use_totals(azerbaijan).loc["2023":"2023"]
    assert uses["value"].sum() == pytest.approx(53081.8)
    assert "environment" not in uses["land_use"].tolist()


def test_parts_that_the_whole_has_room_for_stay() -> None:
    year = {"period": "year", "period_start": "2023-01-01", "period_end": "2023-12-31"}
    uses = {"agriculture": 600.0, "energy": 300.0}
    rows = [{**year, "land_use": use, "value": value} for use, value in uses.items()]
    beside = {**year, "land_use": "environment", "value": 100.0}
    frame = statements({**year, "value": 1000.0}, *rows, beside)
    assert published.land_use_totals(frame)["value"].sum() == 1000


def test_land_use_keeps_the_one_asked_for(azerbaijan: pd.DataFrame) -> None:
    uses = published.land_use_totals(azerbaijan, Scope(land_use="energy"))
    assert uses["land_use"].tolist() == ["energy"]
    assert uses["value"].tolist() == [1470.9]


def test_victims_never_fall_and_skip_civilians_only() -> None:
    stated = published.victims(da.load_casualties("azerbaijan"))
    used = stated[~stated["set_aside"]]
    assert used["total"].is_monotonic_increasing
    assert used["killed"].dropna().is_monotonic_increasing
    row = used[used.index == pd.Timestamp("2024-11-11")].iloc[0]
    assert (row["killed"], row["injured"], row["total"]) == (70, 312, 382)


def test_victims_as_of_a_day_were_known_then() -> None:
    stated = published.victims(da.load_casualties("azerbaijan"), as_of="2022-12-31")
    assert stated.index.max() == pd.Timestamp("2022-12-02")


def test_records_add_up_by_month_year_and_department() -> None:
    records = da.load_records("colombia")
    frame = published.inputs("colombia").statements
    totals = published.annual(frame)
    by_year = records.groupby(records["period_start"].dt.year)["area_cleared"].sum()
    assert totals["value"].tolist() == pytest.approx(by_year.tolist())
    antioquia = published.monthly(frame, Scope(district="ANTIOQUIA"))["value"].sum()
    there = records[records["department"] == "ANTIOQUIA"]["area_cleared"].sum()
    assert antioquia == pytest.approx(there)
