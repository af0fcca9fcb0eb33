"""What was published last of parts and of single weeks: the figures this project began with."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis import published
from demine_analysis.published import Scope


@pytest.fixture(scope="module")
def printed() -> pd.DataFrame:
    return da.load_statements("azerbaijan")


def test_land_uses_of_the_first_months_of_2025_are_shown(printed: pd.DataFrame) -> None:
    found = published.breakdowns(printed)
    uses = found[(found["by"] == "land_use") & (found["period_end"] == "2025-06-17")]
    assert dict(zip(uses["part"], uses["value"], strict=True)) == {
        "residential": 8318.0,
        "agriculture": 9176.0,
        "environment": 1951.0,
        "transport": 708.0,
        "water": 628.0,
    }
    assert found["period_end"].is_monotonic_decreasing


def test_transport_of_march_2023_is_shown(printed: pd.DataFrame) -> None:
    found = published.breakdowns(printed).set_index("part")
    assert found.loc[["transport"]].set_index("period_end").loc["2023-03-06", "value"] == 5600


def test_a_week_is_shown_with_its_counts(printed: pd.DataFrame) -> None:
    known = printed[printed["published"] <= "2025-08-31"]
    week = published.weekly_notices(known).loc["2025-07-07"]
    counts = ["anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"]
    assert [week["value"], *week[counts]] == [1639.6, 65, 16, 240]


def test_the_page_with_most_parts_stands_for_its_days() -> None:
    days = {"period": "year_to_date", "period_start": "2024-01-01", "period_end": "2024-06-30"}
    few = [{**days, "district": name, "source_id": "few"} for name in ("A", "B")]
    many = [{**days, "district": name, "source_id": "many"} for name in ("A", "B", "C")]
    lone = {**days, "period_end": "2024-09-30", "district": "A", "source_id": "lone"}
    found = published.breakdowns(statements(*few, *many, lone))
    assert found["source_id"].tolist() == ["many"] * 3
    assert published.breakdowns(statements(lone), Scope()).empty


def test_whole_years_are_left_to_their_charts() -> None:
    rows = [{"operator": name, "source_id": "page"} for name in ("A", "B")]
    assert published.breakdowns(statements(*rows)).empty


def test_the_metric_with_most_weeks_is_most_noticed() -> None:
    days = [{"period_start": f"2024-01-0{day}", "period_end": f"2024-01-0{day}"} for day in (1, 2)]
    items = {"metric": "explosive_items", "unit": "items", "period": "day"}
    area = {"period": "week", "period_start": "2024-01-01", "period_end": "2024-01-07"}
    rows = statements(*({**items, **day} for day in days), area, area, area)
    assert published.most_noticed(rows) == "explosive_items"
    assert published.most_noticed(rows.tail(3)) == "area_cleared"
    assert published.most_noticed(rows.head(0)) == "area_cleared"
