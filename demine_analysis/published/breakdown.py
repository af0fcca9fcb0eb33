"""Published totals by kind of ordnance, land use, district and operator."""

from __future__ import annotations

import pandas as pd

from demine_analysis.scope import Scope

from .choice import cells, choose, filled, texts
from .select import known_by, matching, of_all_operators, within
from .totals import COLUMNS, annual, as_totals

#: Kinds of explosive ordnance that are counted separately, in the order of the reports.
KINDS = ("anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance")

_ROOM = 1.005
"""How much more than the whole its parts may be: each is rounded."""


def ordnance(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return the published number of items found each year, by kind.

    Returns
    -------
    DataFrame
        Index `period_start`; `kind` (one of `KINDS`) and the columns of `annual`, in items.
    """
    scope = scope or Scope()
    frames = [annual(statements, scope.but(metric=kind)).assign(kind=kind) for kind in KINDS]
    together = pd.concat([frame for frame in frames if not frame.empty] or frames[:1])
    order = pd.Categorical(together["kind"], categories=KINDS, ordered=True)
    return together.assign(kind=order).sort_values(["period_start", "kind"])


def items_per_hectare(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return items found a hectare cleared, by year and kind, where both are published.

    Returns
    -------
    DataFrame
        Index `period_start`; `kind`, `items`, `area` (ha), `value` (items a hectare),
        `statement_id` of the item count and `area_statement_id`. Only years in which both
        figures count the work of the same operators.
    """
    scope = scope or Scope()
    items = of_all_operators(ordnance(statements, scope), scope)
    items = items[["kind", "value", "operator", "statement_id"]]
    area = annual(statements, scope.but(metric="area_cleared"))
    area = area[["value", "operator", "statement_id"]].add_prefix("area_")
    both = items.join(area, how="inner")
    both = both[both["operator"] == both["area_operator"]].rename(columns={"value": "items"})
    both = both.assign(value=both["items"] / both["area_value"])
    columns = ["kind", "items", "area_value", "value", "statement_id", "area_statement_id"]
    return both[columns].rename(columns={"area_value": "area"})


def land_use_totals(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return the published area by land use: index `period_start`, `land_use`, as `annual`."""
    return _by(statements, scope or Scope(), "land_use")


def district_totals(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return the published area by district: index `period_start`, `district`, as `annual`."""
    return _by(statements, scope or Scope(), "district")


def operator_totals(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return the published area by operator: index `period_start`, `operator`, as `annual`."""
    return _by(statements, scope or Scope(), "operator")


def _by(statements: pd.DataFrame, scope: Scope, column: str) -> pd.DataFrame:
    """Return annual totals a value of one column, which is given whole in the other two."""
    frame = known_by(statements, scope.as_of)
    codes = {"period": "year", "metric": scope.metric, "status": "achieved"}
    codes |= {name: getattr(scope, name) for name in ("district", "operator", "land_use")}
    if codes[column] == "all":
        del codes[column]
    places = matching(frame, codes)
    part = texts(frame, column, places)
    places = within(frame, places[(part != "all") & (part != "unstated")], scope)
    places = filled(frame, places, ["value", "period_start", "period_end", column])
    keys = [cells(frame, name, places) for name in ("period_start", column)]
    columns = list(dict.fromkeys([column, *COLUMNS]))
    chosen = as_totals(frame, choose(frame, places, keys), ["period_start", *columns])
    return _within_whole(chosen.set_index("period_start"), annual(statements, scope))


def _within_whole(parts: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Return parts that the whole has room for.

    Where they would be more, a page divides the whole in a way of its own, and counts again what
    others count by other names: the year's parts are then those of the page with most of them.
    """
    printed = whole.loc[whole["operator"] == "all", "value"].reindex(parts.index).to_numpy()
    year = parts.index
    too_much = parts.groupby(level=0)["value"].transform("sum") > _ROOM * printed
    own = parts.groupby([year, parts["source_id"]])["value"].transform("size")
    return parts[~too_much | (own == own.groupby(level=0).transform("max"))]
