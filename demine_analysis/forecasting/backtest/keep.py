"""Backtests kept beside the content hash of their inputs, so that reports need not recompute."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pandas as pd

from demine_analysis import cache, resources
from demine_analysis.datasets.locate import default_dataset
from demine_analysis.errors import ReportError
from demine_analysis.reconciliation.statements import COLUMNS

from .board import by_origin, scoreboard

_KIND = "backtest"
_DIGITS = 6
_INPUTS = [*COLUMNS, "published"]


@dataclass(frozen=True)
class Kept:
    """A scoreboard and what it was computed from.

    Parameters
    ----------
    inputs : str
        Content hash of the statements.
    metric : str
        What was forecast.
    first_origin, last_origin : str
        Days of the first and last forecast, YYYY-MM-DD.
    origins : int
        Number of days on which forecasts were made.
    rows : list of dict
        The rows of `scoreboard`.
    years : list of dict
        The rows of `by_origin`; none in results that were kept before there was such a table.
    """

    inputs: str
    metric: str
    first_origin: str
    last_origin: str
    origins: int
    rows: list[dict[Hashable, object]]
    years: list[dict[Hashable, object]] = field(default_factory=list)

    @property
    def board(self) -> pd.DataFrame:
        """Return the scoreboard, as `scoreboard` returns it."""
        return pd.DataFrame(self.rows)

    def is_fresh(self, statements: pd.DataFrame) -> bool:
        """Return whether it was computed from these statements; otherwise say that it is stale."""
        return self.inputs == content_hash(statements, self.metric)


def content_hash(statements: pd.DataFrame, metric: str = "area_cleared") -> str:
    """Return a hash of what forecasts of a metric rest on, whatever the order of the rows."""
    rows = statements.loc[statements["metric"] == metric, _INPUTS].sort_values("statement_id")
    return hashlib.sha256(rows.to_csv(index=False).encode()).hexdigest()[:32]


def summary(statements: pd.DataFrame, frame: pd.DataFrame, metric: str = "area_cleared") -> Kept:
    """Return what is kept of a backtest.

    Parameters
    ----------
    statements, frame : DataFrame
        What went into `backtest`, and what it returned.
    metric : str
        What was forecast.
    """
    days = frame["origin"]
    return Kept(
        content_hash(statements, metric),
        metric,
        f"{days.min():%Y-%m-%d}",
        f"{days.max():%Y-%m-%d}",
        int(days.nunique()),
        _rows(scoreboard(frame)),
        _rows(by_origin(frame)),
    )


def _rows(table: pd.DataFrame) -> list[dict[Hashable, object]]:
    return [dict(row) for row in table.round(_DIGITS).to_dict("records")]


def keep(kept: Kept, path: str | Path | None = None) -> None:
    """Keep a result in the user's cache, or in a file that can be shipped with the reports."""
    if path is None:
        cache.put(_KIND, kept.inputs, asdict(kept))
        return
    text = json.dumps(asdict(kept), indent=1) + "\n"
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReportError(f"cannot write the backtest to {path}: {error.strerror}") from error


def kept_backtest(
    statements: pd.DataFrame, dataset: str | None = None, metric: str = "area_cleared"
) -> Kept | None:
    """Return the kept backtest: of just these statements if there is one, else the shipped one.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    dataset : str, optional
        Whose shipped result is looked for; by default that of `default_dataset`.
    metric : str
        What is forecast.

    Returns
    -------
    Kept or None
        Ask its `is_fresh`: a shipped result may be older than the data. None: nothing is kept.
    """
    found = cache.get(_KIND, content_hash(statements, metric)) or _shipped(
        dataset or default_dataset()
    )
    if found is None or found.get("metric") != metric:
        return None
    return Kept(**found)


def _shipped(dataset: str) -> dict[str, object] | None:
    place = resources.backtest_path(dataset)
    if not place.is_file():
        return None
    found: dict[str, object] = json.loads(place.read_text(encoding="utf-8"))
    return found
