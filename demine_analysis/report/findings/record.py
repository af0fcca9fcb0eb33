"""Sentences about how earlier projections did."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

from .common import missing

if TYPE_CHECKING:
    import pandas as pd

    from demine_analysis.report.outlook import TrackRecord

_OURS = "project"
_ALL = "all horizons"
_NO_BIAS = 0.02
"""Mean log of forecast over outcome up to which forecasts lean neither way: 2%."""


def model_name(code: str) -> str:
    """Return what a model of the backtest is called in the reports."""
    # Marked here for the catalogues; the backtest names its models in English.
    names = {
        _OURS: _("this project"),
        "mean of 52 weeks": _("mean of 52 weeks"),
        "same weeks of last year": _("same weeks of last year"),
        "straight line": _("straight line"),
        "ETS": _("exponential smoothing (ETS)"),
    }
    return names.get(code, code)


def horizon_name(code: str) -> str:
    """Return what a group of horizons of the backtest is called in the reports."""
    if code == _ALL:
        return _("all horizons")
    first, _dash, last = code.removesuffix(" weeks").partition("-")
    return _("{first}-{last} weeks").format(first=first, last=last)


def scores(record: TrackRecord) -> pd.DataFrame:
    """Return the scores that the figure draws, the models by their names."""
    return record.by_horizon().rename(index=horizon_name, columns=model_name)


def track_record(record: TrackRecord) -> str:
    """Return how the project's forecasts scored against the best of the simple ones."""
    if record.board.empty:
        return missing(_("backtest"))
    whole = record.board[record.board["horizon_group"] == _ALL].set_index("model")["relative_wis"]
    others = whole.drop(_OURS)
    best = str(others.idxmin())
    change = float(whole[_OURS] / others[best] - 1)
    words = {
        True: _(
            "Its forecasts were {percent} closer than those of the best simple method ({best})."
        ),
        False: _(
            "Its forecasts were {percent} less close than those of the best simple method ({best})."
        ),
    }[change < 0]
    return words.format(percent=formats.percent(abs(change)), best=model_name(best))


def held(record: TrackRecord) -> str:
    """Return how often the project's intervals held the figures published later."""
    if record.board.empty:
        return ""
    board = record.board
    row = board[(board["model"] == _OURS) & (board["horizon_group"] == _ALL)].iloc[0]
    said = _(
        "On {origins} days, from {first} to {last}, {n} forecasts were made of what was published "
        "later. It lay inside {half} of the 50% intervals, {usual} of the 80% intervals and "
        "{wide} of the 95% intervals."
    ).format(
        origins=record.origins,
        first=formats.date(record.first),
        last=formats.date(record.last),
        n=formats.number(row["forecasts"]),
        half=formats.percent(row["covered_50"]),
        usual=formats.percent(row["covered_80"]),
        wide=formats.percent(row["covered_95"]),
    )
    said = f"{said} {_leaning(float(row['bias']))}"
    if record.fresh:
        return said
    return said + " " + _("Computed from an earlier state of the data.")


def _leaning(bias: float) -> str:
    """Return whether forecasts came out too low or too high, from the mean log of their ratio."""
    percent = formats.percent(abs(math.expm1(bias)))
    if abs(bias) < _NO_BIAS:
        return _("Their middles were neither too low nor too high on the whole.")
    if bias < 0:
        return _("Their middles were too low, by {percent} on average.").format(percent=percent)
    return _("Their middles were too high, by {percent} on average.").format(percent=percent)


def score_listing(frame: pd.DataFrame) -> str:
    """Return the scores of a figure in words, for those who cannot see it."""
    parts = [
        f"{group}: "
        + ", ".join(f"{name} {formats.number(value, step=0.001)}" for name, value in row.items())
        for group, row in frame.to_dict("index").items()
    ]
    return "; ".join(parts) + "." if parts else ""
