"""On invented programmes misprints are found, and correct statements are left alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from programmes import programme
from simulated import audited

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def statements() -> pd.DataFrame:
    # Other programmes than those that the benchmark reports on.
    return pd.concat([audited(programme(number, seed=7)) for number in range(4)])


def test_planted_factors_of_ten_are_found(statements: pd.DataFrame) -> None:
    planted = statements[statements["misprint"] == "factor_of_ten"]
    assert len(planted) > 15
    assert planted["accused"].mean() >= 0.9


def test_found_ones_have_their_true_value(statements: pd.DataFrame) -> None:
    planted = statements[(statements["misprint"] == "factor_of_ten") & statements["accused"]]
    assert planted["told_right"].mean() >= 0.8


def test_correct_statements_are_left_alone(statements: pd.DataFrame) -> None:
    correct = statements[statements["misprint"] == ""]
    assert correct["accused"].mean() <= 0.02


def test_the_same_number_gives_the_same_programme() -> None:
    one, other = programme(3), programme(3)
    pd.testing.assert_frame_equal(one.statements, other.statements)
    assert not one.statements.equals(programme(4).statements)


def test_printed_annual_totals_are_near_the_truth() -> None:
    invented = programme(1, exact=True)
    rows = invented.statements.set_index("statement_id")
    rows = rows.assign(correct=invented.truth["correct"])
    years = rows[(rows["period"] == "year") & (rows["qualifier"] == "exact")]
    true = invented.annual().reindex(pd.DatetimeIndex(years["period_start"]).year)
    assert len(years)
    assert years["correct"].to_numpy() == pytest.approx(true.to_numpy(), rel=1e-3)
