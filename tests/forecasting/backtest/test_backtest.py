from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frames import statements as frame_of
from invented import printed, steady

import demine_analysis as da
from demine_analysis import resources
from demine_analysis.cli import run
from demine_analysis.errors import ParameterError
from demine_analysis.forecasting.backtest import (
    MODELS,
    by_horizon,
    by_origin,
    kept_backtest,
    scoreboard,
)
from demine_analysis.forecasting.backtest.keep import content_hash, keep, summary
from demine_analysis.forecasting.backtest.targets import ahead, targets
from demine_analysis.reconciliation.result import Reconciliation

ORIGINS = ["2023-12-31", "2024-06-30"]


@pytest.fixture(scope="module")
def statements() -> pd.DataFrame:
    return printed(steady())


@pytest.fixture(scope="module")
def scored(statements: pd.DataFrame) -> pd.DataFrame:
    return da.backtest(statements, ORIGINS, jobs=1)


def test_a_row_a_forecast_and_model(scored: pd.DataFrame) -> None:
    assert set(scored["model"]) == set(MODELS)
    # 52 weeks lie ahead of the first origin, and the weeks to the end of 2024 of the second.
    own = scored[scored["model"] == "project"]
    assert own.groupby("origin").size().tolist() == [52, 26]
    assert not scored.isna().any(axis=None)


def test_horizons_count_weeks_to_the_periods_end(scored: pd.DataFrame) -> None:
    weeks = np.ceil((scored["period_end"] - scored["origin"]).dt.days / 7)
    assert (scored["horizon"] == weeks).all()
    first = scored[scored["horizon_group"] == "1-4 weeks"]["horizon"]
    assert (first.min(), first.max()) == (1, 4)


def test_a_steady_programme_is_forecast_well(scored: pd.DataFrame) -> None:
    # Weeks vary by 10%: an honest forecast scores about 0.056 (0.564 standard deviations).
    own = scored[scored["model"] == "project"]
    assert own["relative_wis"].mean() < 0.09
    assert own["bias"].mean() == pytest.approx(0, abs=0.05)


def test_the_mean_of_52_weeks_is_centred_on_it(
    scored: pd.DataFrame, statements: pd.DataFrame
) -> None:
    known = statements[statements["published"] <= "2023-12-31"]["value"].tail(52)
    rows = scored[(scored["model"] == "mean of 52 weeks") & (scored["origin"] == "2023-12-31")]
    np.testing.assert_allclose(rows["median"], known.median(), rtol=0.03)


def test_last_year_is_the_week_a_year_before(
    scored: pd.DataFrame, statements: pd.DataFrame
) -> None:
    rows = scored[(scored["model"] == "same weeks of last year")].set_index("period_start")
    # The last week of 2023 came out on 1 January: only 51 of the 52 lie a year after a known one.
    rows = rows[rows["origin"] == "2023-12-31"].head(51)
    value = statements.set_index("period_start")["value"]
    before = value.reindex(pd.DatetimeIndex(rows.index) - pd.Timedelta(weeks=52))
    np.testing.assert_allclose(rows["median"], before, rtol=0.03)


def test_the_straight_line_keeps_the_mean_pace(scored: pd.DataFrame) -> None:
    rows = scored[scored["model"] == "straight line"]
    np.testing.assert_allclose(rows["median"], 700, rtol=0.05)


def test_what_came_out_later_changes_nothing(statements: pd.DataFrame) -> None:
    later = statements["published"] > "2024-06-30"
    changed = statements.assign(value=statements["value"].mask(later, 7.0))
    options = {"origins": ["2024-06-30"], "models": ["project"], "jobs": 1}
    first, second = (da.backtest(each, **options) for each in (statements, changed))  # type: ignore[arg-type]  # options by name
    pd.testing.assert_series_equal(first["median"], second["median"])
    assert first["wis"].mean() < second["wis"].mean()


def test_same_seed_same_numbers_in_any_number_of_processes(
    statements: pd.DataFrame, scored: pd.DataFrame
) -> None:
    again = da.backtest(statements, ORIGINS, jobs=2)
    pd.testing.assert_frame_equal(again, scored)


def test_own_models_can_be_tested(statements: pd.DataFrame) -> None:
    def oracle(r: Reconciliation, weeks: int, _: np.random.Generator) -> np.ndarray:
        first = len(r.weeks)
        return np.repeat(steady()[first : first + weeks, np.newaxis], 10, axis=1)

    found = da.backtest(statements, ["2024-06-30"], models={"oracle": oracle}, jobs=1)
    assert found["relative_wis"].max() < 0.001


def test_targets_are_national_figures_once_each() -> None:
    azerbaijan = da.load_statements("azerbaijan")
    table = targets(azerbaijan)
    week = table[table["period_end"] == "2025-07-13"]
    assert week["value"].tolist() == [1639.6]
    assert table.loc[table["period"] == "year", "value"].isin([53_081.8, 62_023.9]).sum() == 2


def test_open_targets_end_after_the_origin_and_came_out_later() -> None:
    table = targets(da.load_statements("azerbaijan"))
    chosen = ahead(table, pd.Timestamp("2024-06-30"), 52)
    assert (chosen["published"] > "2024-06-30").all()
    assert (chosen["period_end"] > "2024-06-30").all()
    assert chosen["horizon"].between(1, 52).all()
    # The year had begun: what was known of it counts as known.
    assert "year" in set(chosen["period"])


def test_the_scoreboard_averages_and_sorts(scored: pd.DataFrame) -> None:
    board = scoreboard(scored)
    total = board[board["horizon_group"] == "all horizons"]
    assert total["relative_wis"].is_monotonic_increasing
    mean = scored[scored["model"] == "ETS"]["relative_wis"].mean()
    assert total.set_index("model")["relative_wis"]["ETS"] == pytest.approx(mean)
    wide = by_horizon(board)
    assert wide.index.tolist() == [
        "1-4 weeks",
        "5-13 weeks",
        "14-26 weeks",
        "27-52 weeks",
        "all horizons",
    ]


def test_years_of_origins_are_told_apart(scored: pd.DataFrame) -> None:
    years = by_origin(scored).set_index("origin_year")
    assert years["forecasts"].to_dict() == {2023: 52, 2024: 26}
    # The weeks after June 2024 were forecast from the end of 2023, too.
    assert years["figures"].to_dict() == {2023: 52, 2024: 26}
    own = scored[(scored["model"] == "project") & (scored["origin"] == "2024-06-30")]
    held = ((own["pit"] >= 0.1) & (own["pit"] <= 0.9)).mean()
    assert years.loc[2024, "covered_80"] == pytest.approx(held, abs=0.04)


def test_the_hash_follows_the_figures_alone(statements: pd.DataFrame) -> None:
    same = content_hash(statements.sample(frac=1, random_state=0))
    assert same == content_hash(statements)
    changed = statements.assign(value=statements["value"].replace(statements["value"].iloc[0], 1.0))
    assert content_hash(changed) != same


def test_a_kept_result_is_found_again_and_goes_stale(
    statements: pd.DataFrame, scored: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMINE_CACHE_HOME", str(tmp_path))
    made = summary(statements, scored)
    keep(made)
    found = kept_backtest(statements, "nowhere")
    assert found is not None
    assert found == made
    assert found.is_fresh(statements)
    assert not found.is_fresh(statements.head(50))
    assert kept_backtest(statements.head(50), "nowhere") is None


def test_the_shipped_result_is_of_the_shipped_data() -> None:
    # Of what they were when it was last computed: a page says how old it is, and a new notice needs
    # no new result at once.
    assert resources.backtest_path("azerbaijan").is_file()
    azerbaijan = da.load_statements("azerbaijan")
    found = kept_backtest(azerbaijan)
    assert found is not None
    assert pd.Timestamp(found.last_origin) <= azerbaijan["period_end"].max()
    table = by_horizon(found.board).iloc[-1]
    others = [table[name] for name in MODELS if name != "project"]
    assert table["project"] < 0.9 * min(others)


def test_the_command_prints_the_shipped_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backtest"]) == 0
    out = capsys.readouterr().out
    assert "same weeks of last year" in out
    assert content_hash(da.load_statements("azerbaijan")) in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"models": ["projct"]}, r"one of project, .* \(did you mean project\?\), got 'projct'"),
        ({"models": []}, "no model to test"),
        ({"horizons": [0, 4]}, "each of horizons must be a whole number, 1 or more, got 0"),
        ({"origins": ["soon"]}, "each of origins must be a date"),
        ({"origins": []}, "no origin to forecast from"),
        ({"origins": ["2030-01-01"]}, "choose earlier origins"),
    ],
)
def test_impossible_backtests_say_why(
    statements: pd.DataFrame, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        da.backtest(statements, **options)  # type: ignore[arg-type]  # options by name


def test_nothing_to_score_is_one_clear_error() -> None:
    for nothing in (frame_of({}).head(0), frame_of({"operator": "ANAMA"}, {"operator": "MoD"})):
        with pytest.raises(ParameterError, match="nothing to score forecasts of area_cleared"):
            da.backtest(nothing)


def test_an_operator_is_forecast_from_its_own_figures(statements: pd.DataFrame) -> None:
    own = statements.assign(operator="HALO")
    found = da.backtest(own, ORIGINS[:1], models=["project"], operator="HALO", jobs=1)
    whole = da.backtest(statements, ORIGINS[:1], models=["project"], jobs=1)
    assert found["wis"].tolist() == pytest.approx(whole["wis"].tolist())


def test_a_sole_operator_is_the_whole(statements: pd.DataFrame) -> None:
    own = statements.assign(operator="HALO")
    found = da.backtest(own, ORIGINS[:1], models=["project"], jobs=1)
    whole = da.backtest(statements, ORIGINS[:1], models=["project"], jobs=1)
    assert found["wis"].tolist() == pytest.approx(whole["wis"].tolist())
    two = own.assign(operator=np.where(np.arange(len(own)) % 2, "HALO", "MAG"))
    with pytest.raises(ParameterError, match=r"of all operators; give operator="):
        da.backtest(two, jobs=1)


def test_the_shipped_result_of_another_programme_is_found() -> None:
    yemen = da.load_statements("yemen")
    found = kept_backtest(yemen, "yemen", "explosive_items")
    assert found is not None
    assert found.board["forecasts"].max() > 500
    assert kept_backtest(yemen, "yemen", "area_cleared") is None


def test_origins_are_the_last_two_years(statements: pd.DataFrame) -> None:
    found = da.backtest(statements, models=["straight line"], jobs=1)
    days = pd.DatetimeIndex(found["origin"].unique())
    assert len(days) == 24
    # The last notice is of the week to 29 December 2024.
    assert days[-1] == pd.Timestamp("2024-12-31") - pd.offsets.MonthEnd(1)
