"""The scoreboard: what a backtest comes to, by model and horizon."""

from __future__ import annotations

import pandas as pd

ALL = "all horizons"

_COVERED = ["covered_50", "covered_80", "covered_95"]


def scoreboard(frame: pd.DataFrame) -> pd.DataFrame:
    """Return mean scores by model and group of horizons.

    Parameters
    ----------
    frame : DataFrame
        As `backtest` returns it.

    Returns
    -------
    DataFrame
        One row a model and `horizon_group`, and one a model with "all horizons": `forecasts`
        (number), `relative_wis`, its parts `dispersion`, `underprediction`, `overprediction`
        (each divided by the printed value before the mean is taken), `covered_50`, `covered_80`,
        `covered_95` (shares), `bias` (mean log of median over printed). Models in order of
        their score.
    """
    parts = ["dispersion", "underprediction", "overprediction"]
    table = frame.assign(**{part: frame[part] / frame["printed"] for part in parts})
    both = pd.concat([table, table.assign(horizon_group=ALL)])
    groups = both.groupby(["model", "horizon_group"], sort=False)
    columns = ["relative_wis", *parts, *_COVERED, "bias"]
    board = groups[columns].mean()
    board.insert(0, "forecasts", groups.size())
    order = board.xs(ALL, level="horizon_group")["relative_wis"].sort_values().index
    horizons = [*frame.sort_values("horizon")["horizon_group"].unique(), ALL]
    rows = pd.MultiIndex.from_product([order, horizons], names=board.index.names)
    return board.reindex(rows).reset_index()


def by_origin(frame: pd.DataFrame, model: str = "project") -> pd.DataFrame:
    """Return how a model's forecasts did by the year that they were made in, the bad ones too.

    Parameters
    ----------
    frame : DataFrame
        As `backtest` returns it.
    model : str
        Whose forecasts.

    Returns
    -------
    DataFrame
        One row an `origin_year`: `forecasts` (number), `figures` (distinct figures forecast),
        `relative_wis`, `covered_50`, `covered_80`, `covered_95` (shares). Several forecasts of a
        figure are no independent evidence.
    """
    own = frame[frame["model"] == model]
    years = own.groupby(own["origin"].dt.year.rename("origin_year"))
    board = years[["relative_wis", *_COVERED]].mean()
    board.insert(0, "forecasts", years.size())
    board.insert(1, "figures", years["statement_id"].nunique())
    return board.reset_index()


def by_horizon(board: pd.DataFrame) -> pd.DataFrame:
    """Return relative scores with a row a group of horizons and a column a model."""
    wide = board.pivot_table(
        index="horizon_group", columns="model", values="relative_wis", sort=False
    )
    return wide.rename_axis(columns=None)
