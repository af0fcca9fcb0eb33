"""Backtests: what forecasts from what was known then would have been worth.

Names are imported on first use: a report that shows a kept scoreboard needs none of the models.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
