import pandas as pd
import pytest
from frames import statements as statements_of

import demine_analysis as da
from demine_analysis.errors import ParameterError
from demine_analysis.reconciliation.result import Reconciliation


@pytest.fixture(scope="module")
def statements() -> pd.DataFrame:
    return da.load_statements("azerbaijan")


@pytest.fixture(scope="module")
def r(statements: pd.DataFrame) -> Reconciliation:
    return da.reconcile(statements)


@pytest.fixture(scope="module")
def table(statements: pd.DataFrame, r: Reconciliation) -> pd.DataFrame:
    return da.plans(statements, r)


def plan(table: pd.DataFrame, planned: float, end: str) -> pd.Series:
    found = table[(table["planned"] == planned) & (table["period_end"] == pd.Timestamp(end))]
    return found.iloc[0]


def test_820000_ha_by_the_end_of_2023_was_impossible(table: pd.DataFrame) -> None:
    row = plan(table, 820_000, "2023-12-31")
    assert (row["flag"], row["outcome"]) == ("impossible", "missed")
    # 820,000 ha over the 301 days from 6 March to 31 December 2023.
    assert "2,724 a day from 6 March 2023" in row["reason"]
    assert row["ratio"] < 0.1


def test_77_ha_of_roads_are_trivial(table: pd.DataFrame) -> None:
    row = plan(table, 77, "2023-12-31")
    assert row["flag"] == "trivial"
    assert "days' work" in row["reason"]
    # 814.8 ha of transport were reported for 2023.
    assert row["median"] == pytest.approx(814.8)


def test_the_plan_of_2024_was_met_as_published(table: pd.DataFrame) -> None:
    row = plan(table, 60_000, "2024-12-31")
    assert (row["outcome"], row["flag"], row["n_statements"]) == ("met", "", 3)
    assert row["ratio"] == pytest.approx(62_023.9 / 60_000, rel=0.03)


def test_a_plan_is_open_with_a_probability_before_its_end(statements: pd.DataFrame) -> None:
    known = statements[statements["published"] <= "2025-08-31"]
    row = plan(da.plans(known, da.reconcile(known)), 65_000, "2025-12-31")
    assert (row["outcome"], row["basis"]) == ("open", "projected")
    assert 0 < row["probability"] < 1


def test_the_plan_of_2025_was_met(table: pd.DataFrame) -> None:
    # 69,206 ha were published for 2025.
    row = plan(table, 65_000, "2025-12-31")
    assert row["outcome"] == "met"
    assert row["ratio"] == pytest.approx(69_206 / 65_000, rel=0.02)


def test_the_plan_of_2022_was_met(table: pd.DataFrame) -> None:
    # 41,915 ha were published for 2022.
    assert plan(table, 40_000, "2022-12-31")["ratio"] == pytest.approx(41_915 / 40_000, rel=0.02)


def test_a_districts_outcome_is_the_published_one(table: pd.DataFrame) -> None:
    row = plan(table, 10_000, "2023-12-31")
    assert row["district"] == "Aghdam"
    assert row["median"] == 7956.1
    assert row["outcome"] == "missed"


def test_a_figure_published_when_all_was_over_is_no_plan(table: pd.DataFrame) -> None:
    late = table[table["published"] >= table["period_end"]]
    assert len(late) >= 3
    assert set(late["flag"]) == {"no plan"}


def test_every_planned_figure_is_there_once(table: pd.DataFrame, statements: pd.DataFrame) -> None:
    announced = statements["status"].isin(["planned", "requested"])
    area = announced & (statements["metric"] == "area_cleared")
    assert table["n_statements"].sum() == area.sum()
    assert table.index.is_unique


def test_one_plan_with_unclear_days_is_one_row(table: pd.DataFrame) -> None:
    # One page says "280,000 ha until 2026" three times, each time with other days to be read.
    row = table[table["planned"] == 280_000]
    assert row["n_statements"].tolist() == [4]
    days = row[["period_start", "period_end"]].astype(str).to_numpy().tolist()
    assert days == [["2022-01-01", "2026-12-31"]]


def test_the_same_number_for_two_years_is_two_plans(r: Reconciliation) -> None:
    year = {"status": "planned", "value": 50_000.0, "source_id": "page"}
    frame = statements_of(
        {**year, "period_start": "2026-01-01", "period_end": "2026-12-31"},
        {**year, "period_start": "2027-01-01", "period_end": "2027-12-31"},
    )
    assert da.plans(frame, r)["planned"].tolist() == [50_000.0, 50_000.0]


def test_later_plans_are_not_known_earlier(statements: pd.DataFrame) -> None:
    early = da.reconcile(statements, as_of="2023-06-30")
    known = da.plans(statements, early)
    assert known["published"].max() <= pd.Timestamp("2023-06-30")
    running = plan(known, 820_000, "2023-12-31")
    assert (running["outcome"], running["basis"]) == ("open", "projected")
    assert running["probability"] == 0


def test_no_statements_one_clear_error(statements: pd.DataFrame, r: Reconciliation) -> None:
    with pytest.raises(ParameterError, match="no statements: the frame has no rows"):
        da.plans(statements.head(0), r)
    done = statements[statements["status"] == "achieved"]
    with pytest.raises(ParameterError, match="planned or requested figure of area_cleared"):
        da.plans(done, r)
