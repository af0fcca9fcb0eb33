"""One function a figure: a frame in, `Axes` out, nothing computed on the way."""

from .breakdown import district_bars, items_per_hectare, land_use, operators, ordnance, shares
from .totals import annual, cumulative, monthly, victims

__all__ = [
    "annual",
    "cumulative",
    "district_bars",
    "items_per_hectare",
    "land_use",
    "monthly",
    "operators",
    "ordnance",
    "shares",
    "victims",
]
