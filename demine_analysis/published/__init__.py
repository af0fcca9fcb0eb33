"""What the published figures say on their own: no model, every row traceable to a statement.

Each function takes the frame of `load_statements` and returns a frame whose rows carry
`statement_id` and `source_id`, so that any number can be followed to a page. The same
frames are the baselines that the reconciled series is compared with.
"""

from demine_analysis.scope import Scope

from .breakdown import (
    KINDS,
    district_totals,
    items_per_hectare,
    land_use_totals,
    operator_totals,
    ordnance,
)
from .choice import pick
from .contamination import announced_plans, contamination_estimates, straight_line
from .countries import (
    chosen_countries,
    country_annual,
    country_limits,
    country_pages,
    mine_density,
    release_shares,
)
from .inputs import Inputs, inputs
from .latest import breakdowns, most_noticed, weekly_notices
from .remaining import country_pace, country_remaining, pace_drawn
from .select import behind, known_by, of_all_operators, select
from .totals import annual, cumulative, daily_rate, monthly, weekly
from .victims import victims

__all__ = [
    "KINDS",
    "Inputs",
    "Scope",
    "announced_plans",
    "annual",
    "behind",
    "breakdowns",
    "chosen_countries",
    "contamination_estimates",
    "country_annual",
    "country_limits",
    "country_pace",
    "country_pages",
    "country_remaining",
    "cumulative",
    "daily_rate",
    "district_totals",
    "inputs",
    "items_per_hectare",
    "known_by",
    "land_use_totals",
    "mine_density",
    "monthly",
    "most_noticed",
    "of_all_operators",
    "operator_totals",
    "ordnance",
    "pace_drawn",
    "pick",
    "release_shares",
    "select",
    "straight_line",
    "victims",
    "weekly",
    "weekly_notices",
]
