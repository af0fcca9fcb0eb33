from __future__ import annotations

import pandas as pd
import pytest

import demine_analysis as da
from demine_analysis.report import findings, outlook
from demine_analysis.report.outlook import TrackRecord

DAYS = pd.Timestamp("2023-12-31"), pd.Timestamp("2025-07-31")


def record(ours: float, *, fresh: bool = True, bias: float = -0.1) -> TrackRecord:
    rows = [("project", ours), ("mean of 52 weeks", 0.2), ("ETS", 0.25)]
    board = pd.DataFrame(
        [
            {"model": model, "horizon_group": group, "forecasts": 381, "relative_wis": score,
             "covered_50": 0.5, "covered_80": 0.79, "covered_95": 0.96,
             "bias": bias}
            for model, score in rows
            for group in ("1-4 weeks", "all horizons")
        ]
    )  # fmt: skip
    return TrackRecord(board, *DAYS, 20, fresh=fresh)


NOTHING = TrackRecord(pd.DataFrame(), *DAYS, 0, fresh=False)


@pytest.mark.parametrize(
    ("ours", "words"),
    [(0.1, "50% closer than those of the best simple method (mean of 52 weeks)"),
     (0.3, "50% less close than those of the best simple method (mean of 52 weeks)")],
)  # fmt: skip
def test_score_is_compared_with_the_best_simple_method(ours: float, words: str) -> None:
    assert words in findings.track_record(record(ours))


def test_coverage_is_told_with_its_numbers() -> None:
    assert findings.held(record(0.1)) == (
        "On 20 days, from 31 December 2023 to 31 July 2025, 381 forecasts were made of what was "
        "published later. It lay inside 50% of the 50% intervals, 79% of the 80% intervals and "
        "96% of the 95% intervals. Their middles were too low, by 10% on average."
    )


@pytest.mark.parametrize(
    ("bias", "words"),
    [(0.0953, "too high, by 10% on average"), (-0.2231, "too low, by 20% on average"),
     (0.01, "neither too low nor too high"), (-0.0199, "neither too low nor too high")],
)  # fmt: skip
def test_a_leaning_of_the_forecasts_is_told(bias: float, words: str) -> None:
    assert words in findings.held(record(0.1, bias=bias))


def test_an_old_backtest_says_so() -> None:
    assert findings.held(record(0.1, fresh=False)).endswith("an earlier state of the data.")


def test_no_backtest_is_said_not_drawn() -> None:
    assert findings.track_record(NOTHING).startswith("No backtest")
    assert findings.held(NOTHING) == ""
    assert findings.scores(NOTHING).empty


def test_scores_drawn_are_those_of_the_board() -> None:
    drawn = findings.scores(record(0.1))
    assert drawn.loc["1-4 weeks"].to_dict() == {
        "this project": 0.1, "mean of 52 weeks": 0.2,
        "exponential smoothing (ETS)": 0.25,
    }  # fmt: skip
    assert "1-4 weeks: this project 0.100, mean of 52 weeks 0.200" in findings.score_listing(drawn)


def test_shipped_backtest_is_found_and_another_datasets_is_not() -> None:
    statements = da.load_statements("azerbaijan")
    found = outlook.track_record(statements, "azerbaijan")
    months = pd.period_range(found.first, found.last, freq="M")
    assert found.origins == len(months)
    assert "project" in set(found.board["model"])
    assert outlook.track_record(statements.head(0), "elsewhere").board.empty
    # Of another metric nothing is kept, and forecasts of the area do not stand for it.
    assert outlook.track_record(statements, "azerbaijan", "explosive_items").board.empty
