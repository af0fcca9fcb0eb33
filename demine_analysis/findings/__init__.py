"""Sentences from results: what a figure shows, computed from the frame that it draws.

No sentence is written by hand and hoped to stay true. Every function takes a frame, copes with
an empty one, and says "no clear change" where the interval of a change spans zero.
"""

from .ahead import completion, completion_listing, projected_total, required_rate, scenario
from .common import dataset, extent, listing, scope, unit, year_of
from .estimates import (
    annual_estimate,
    change,
    coverage,
    direction,
    estimate,
    how_sure,
    last_year,
    monthly_estimate,
    quarterly_victims,
    running_estimate,
    set_aside,
    year_to_date,
)
from .facts import interval_fact, outlook_facts, rate_facts, trend_facts
from .pace import against_other_years, best_and_worst, changes, present_pace, season, weeks_known
from .published import (
    annual_change,
    completions,
    items_per_hectare,
    largest_part,
    monthly,
    on_map,
    ordnance,
    pace,
    plans,
    running_total,
    straight_line,
    victims,
)
from .texts import caption, headings, how_to_read, method, none_set_aside, report_title, see

__all__ = [
    "against_other_years",
    "annual_change",
    "annual_estimate",
    "best_and_worst",
    "caption",
    "change",
    "changes",
    "completion",
    "completion_listing",
    "completions",
    "coverage",
    "dataset",
    "direction",
    "estimate",
    "extent",
    "headings",
    "how_sure",
    "how_to_read",
    "interval_fact",
    "items_per_hectare",
    "largest_part",
    "last_year",
    "listing",
    "method",
    "monthly",
    "monthly_estimate",
    "none_set_aside",
    "on_map",
    "ordnance",
    "outlook_facts",
    "pace",
    "plans",
    "present_pace",
    "projected_total",
    "quarterly_victims",
    "rate_facts",
    "report_title",
    "required_rate",
    "running_estimate",
    "running_total",
    "scenario",
    "scope",
    "season",
    "see",
    "set_aside",
    "straight_line",
    "trend_facts",
    "unit",
    "victims",
    "weeks_known",
    "year_of",
    "year_to_date",
]
