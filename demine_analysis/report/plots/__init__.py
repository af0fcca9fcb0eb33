"""One function a figure: a frame in, `Axes` out, nothing computed on the way."""

from . import results as results
from .amounts import annual, cumulative, monthly, victims, victims_by_quarter
from .bars import district_bars, items_per_hectare, land_use, operators, ordnance
from .countries import (
    mine_density,
    pace_against_remaining,
    release_shares,
    released_by_year,
    years_left,
)
from .districts import district_tiles, on_map
from .projection import completion, fan, plan_outcomes, required_rate, scoreboard, straight_line
from .publishers import publishers, suspects
from .rate import change_dates, coverage, quarters, season, vintages, weekly_rate, years_compared
from .year import year_so_far

__all__ = [
    "annual",
    "change_dates",
    "completion",
    "coverage",
    "cumulative",
    "district_bars",
    "district_tiles",
    "fan",
    "items_per_hectare",
    "land_use",
    "mine_density",
    "monthly",
    "on_map",
    "operators",
    "ordnance",
    "pace_against_remaining",
    "plan_outcomes",
    "publishers",
    "quarters",
    "release_shares",
    "released_by_year",
    "required_rate",
    "scoreboard",
    "season",
    "straight_line",
    "suspects",
    "victims",
    "victims_by_quarter",
    "vintages",
    "weekly_rate",
    "year_so_far",
    "years_compared",
    "years_left",
]
