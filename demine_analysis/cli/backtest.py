"""`demine backtest`: how forecasts would have done, scored against what was published later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd

    from demine_analysis.forecasting.backtest.keep import Kept

_COLUMNS = {
    "model": "model",
    "horizon_group": "horizon",
    "forecasts": "forecasts",
    "relative_wis": "score",
    "covered_50": "in 50%",
    "covered_80": "in 80%",
    "covered_95": "in 95%",
    "bias": "bias",
}


@click.command()
@click.argument("dataset", required=False)
@click.option("--metric", default="area_cleared", show_default=True, help="What is counted.")
@click.option("--operator", default="all", show_default=True, help="Whose work is forecast.")
@click.option("--jobs", type=int, default=-1, help="Processes; default: one a core.")
@click.option("--force", is_flag=True, help="Compute again what is kept already.")
@click.option("--output", type=click.Path(), help="Also write the result to this JSON file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def backtest(
    dataset: str | None, *, metric: str, operator: str, jobs: int, output: str | None, **how: bool
) -> int:
    """Score forecasts of DATASET made month by month from what had been published by then.

    The last 24 month ends are looked at. Scores of everybody's work are kept, and not computed
    again until the figures change.
    """
    from dataclasses import asdict

    from demine_analysis.datasets import load_statements
    from demine_analysis.forecasting.backtest import keep

    statements = load_statements(dataset)
    whole = operator == "all"
    found = None if how["force"] or not whole else keep.kept_backtest(statements, dataset, metric)
    if found is None or not found.is_fresh(statements):
        found = _computed(statements, metric, operator, jobs)
        if whole:
            keep.keep(found)
    if output:
        keep.keep(found, output)
    click.echo(json.dumps(asdict(found), indent=1) if how["as_json"] else _table(found))
    return 0


def _computed(statements: pd.DataFrame, metric: str, operator: str, jobs: int) -> Kept:
    from demine_analysis.forecasting.backtest import backtest as run
    from demine_analysis.forecasting.backtest.keep import summary

    frame = run(statements, metric=metric, operator=operator, jobs=jobs)
    return summary(statements, frame, metric)


def _table(found: Kept) -> str:
    board = found.board[list(_COLUMNS)].rename(columns=_COLUMNS)
    shares = dict.fromkeys(("in 50%", "in 80%", "in 95%"), "{:.0%}".format)
    text = board.to_string(
        index=False, formatters={**shares, "score": "{:.3f}".format, "bias": "{:+.2f}".format}
    )
    return (
        f"{found.origins} origins from {found.first_origin} to {found.last_origin}; score: "
        "weighted interval score over the printed value, lower is better; "
        f"inputs {found.inputs}\n{text}"
    )
