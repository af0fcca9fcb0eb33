"""Backtests: what forecasts from what was known then would have been worth."""

from .board import by_horizon, scoreboard
from .keep import Kept, kept_backtest
from .models import MODELS, Model
from .run import HORIZONS, backtest

__all__ = [
    "HORIZONS",
    "MODELS",
    "Kept",
    "Model",
    "backtest",
    "by_horizon",
    "kept_backtest",
    "scoreboard",
]
