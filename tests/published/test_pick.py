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


def chosen(frame: pd.DataFrame) -> float:
    return float(published.annual(frame)["value"].iloc[0])


def test_all_operators_come_before_unstated_and_named() -> None:
    frame = statements(
        {"value": 1.0, "operator": "MoD"},
        {"value": 2.0, "operator": "unstated"},
        {"value": 3.0, "operator": "all", "qualifier": "about"},
    )
    assert chosen(frame) == 3.0
    assert chosen(frame.iloc[:2]) == 2.0


def test_exact_comes_before_about_of_a_later_page() -> None:
    frame = statements(
        {"value": 41915.0, "published": "2023-01-02"},
        {"value": 50000.0, "qualifier": "about", "published": "2024-01-02"},
    )
    assert chosen(frame) == 41915.0


def test_latest_page_wins_and_undated_comes_last() -> None:
    frame = statements(
        {"value": 7135.0, "published": "2024-09-02"},
        {"value": 7235.0, "published": "2024-09-03"},
        {"value": 7335.0},
    )
    assert chosen(frame) == 7235.0


def test_finer_figure_replaces_its_own_rounding() -> None:
    frame = statements(
        {"value": 62000.0, "published": "2025-03-14"},
        {"value": 62023.9, "published": "2024-12-31"},
    )
    assert chosen(frame) == 62023.9


def test_rounding_does_not_reach_a_different_figure() -> None:
    frame = statements(
        {"value": 62000.0, "published": "2025-03-14"},
        {"value": 60211.3, "published": "2024-12-31"},
    )
    assert chosen(frame) == 62000.0


def test_row_order_changes_nothing(azerbaijan: pd.DataFrame) -> None:
    shuffled = azerbaijan.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(published.annual(azerbaijan), published.annual(shuffled))


def test_range_counts_only_figures_of_the_same_scope() -> None:
    frame = statements({"value": 10.0, "operator": "MoD"}, {"value": 99.0}, {"value": 101.0})
    row = published.annual(frame).iloc[0]
    assert (row["lowest"], row["highest"], row["n_statements"]) == (99.0, 101.0, 2)


def test_as_of_hides_later_pages_and_dates_undated_ones() -> None:
    frame = statements(
        {"value": 1.0, "published": "2024-03-01"},
        {"value": 2.0, "period_end": "2023-12-31"},
    )
    assert published.annual(frame, Scope(as_of="2024-01-06")).empty
    assert published.annual(frame, Scope(as_of="2024-01-07"))["value"].tolist() == [2.0]
    assert published.annual(frame, Scope(as_of="2024-03-01"))["value"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(operator="MoD"), [5.0]),
        (Scope(district="Aghdam"), [6.0]),
        (Scope(land_use="agriculture"), [7.0]),
        (Scope(metric="anti_personnel_mines"), [8.0]),
        (Scope(start="2024-01-01"), []),
        (Scope(end="2023-12-30"), []),
        (Scope(without=frozenset({"page-4.01"})), [5.0]),
    ],
)
def test_scope_keeps_what_it_names(scope: Scope, expected: list[float]) -> None:
    frame = statements(
        {"value": 5.0, "operator": "MoD"},
        {"value": 6.0, "district": "Aghdam"},
        {"value": 7.0, "land_use": "agriculture"},
        {"value": 8.0, "metric": "anti_personnel_mines"},
        {"value": 9.0},
        {"value": 10.0, "status": "planned"},
    )
    assert published.annual(frame, scope)["value"].tolist() == expected


def test_every_figure_leads_to_its_statement(azerbaijan: pd.DataFrame) -> None:
    values = azerbaijan.set_index("statement_id")["value"]
    for totals in (published.annual, published.monthly, published.weekly, published.cumulative):
        frame = totals(azerbaijan)
        assert len(frame) > 2
        assert frame["value"].tolist() == values[frame["statement_id"]].tolist()


def test_row_without_a_value_stands_for_nothing() -> None:
    frame = statements(
        {"value": None, "published": "2024-09-02"},
        {"value": 7235.0, "published": "2024-09-01"},
        {"value": None, "period_start": "2022-01-01", "period_end": "2022-12-31"},
    )
    found = published.annual(frame)
    assert found["value"].tolist() == [7235.0]
    assert found["n_statements"].tolist() == [1]


def test_row_without_operator_is_of_nobody_named() -> None:
    frame = statements({"value": 1.0, "operator": None}, {"value": 2.0, "operator": "unstated"})
    assert chosen(frame) == 2.0
    assert published.annual(frame, Scope(operator="MoD")).empty


@pytest.mark.parametrize("kind", ["category", "object", "string"])
def test_texts_of_any_type_choose_alike(azerbaijan: pd.DataFrame, kind: str) -> None:
    names = ["metric", "operator", "qualifier", "district", "period", "statement_id"]
    found = published.annual(azerbaijan.astype(dict.fromkeys(names, kind)))
    expected = published.annual(azerbaijan)
    assert found["statement_id"].tolist() == expected["statement_id"].tolist()
    assert found["value"].tolist() == expected["value"].tolist()
