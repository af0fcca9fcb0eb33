"""Backtests: what forecasts from what was known then would have been worth."""

from .board import by_horizon, scoreboard
from .models import MODELS, Model
from .run import HORIZONS, backtest

__all__ = ["HORIZONS", "MODELS", "Model", "backtest", "by_horizon", "scoreboard"]
