"""Sentences from results: what a figure shows, computed from the frame that it draws.

No sentence is written by hand and hoped to stay true. Every function takes a frame, copes with
an empty one, and says "no clear change" where the interval of a change spans zero.
"""

from .common import dataset, extent, listing, scope, unit
from .estimates import (
    annual_estimate,
    change,
    direction,
    estimate,
    last_year,
    monthly_estimate,
    running_estimate,
    year_to_date,
)
from .published import (
    annual_change,
    items_per_hectare,
    largest_part,
    monthly,
    ordnance,
    pace,
    plans,
    running_total,
    straight_line,
    victims,
)

__all__ = [
    "annual_change",
    "annual_estimate",
    "change",
    "dataset",
    "direction",
    "estimate",
    "extent",
    "items_per_hectare",
    "largest_part",
    "last_year",
    "listing",
    "monthly",
    "monthly_estimate",
    "ordnance",
    "pace",
    "plans",
    "running_estimate",
    "running_total",
    "scope",
    "straight_line",
    "unit",
    "victims",
    "year_to_date",
]
