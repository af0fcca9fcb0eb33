"""Running totals that fall: one of them counts less than it says, or an earlier day."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from demine_analysis.auditing.findings import Finding
from demine_analysis.auditing.sums import bounded

_SAME_START = pd.Timedelta(days=60)
"""Totals that start this near to the usual day count the same work."""

_LEAST_DAYS = 2
"""Days with a total from which one of them can fall."""

_SLACK = 1.002
_NEAR = pd.Timedelta(days=31)
_CLOSE, _CLOSE_A_DAY = 0.03, 0.002
"""Relative distance at which a total is an operator's of the same time, and its growth a day."""

_EARLIER = 0.01
"""Relative distance at which a total repeats an earlier one."""

_NARROW = 3.0
"""Ratio of the totals before and after up to which they tell where a decimal point belongs."""

_REPEATED = pd.Timedelta(days=21)
_TELLING = 1000
"""Printed units in a total from which an equal one is no coincidence."""

_NEAREST = 2
"""Totals that are named as those that a falling one contradicts."""

_EVERYONE = ("all", "unstated")
_PLACE = ["metric", "district", "land_use"]


def falling_totals(statements: pd.DataFrame) -> list[Finding]:
    """Return running totals that are below an earlier one.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.

    Returns
    -------
    list of Finding
        Of contradicting totals those that contradict most others are accused, those that do not
        say whose work they count first.
    """
    rows = _totals(statements)
    found: list[Finding] = []
    for _, group in rows.groupby([*_PLACE, rows["operator"].where(~_common(rows), "all")]):
        usual = group["period_start"].mode().iloc[0]
        same = group[(group["period_start"] - usual).abs() <= _SAME_START]
        if same["period_end"].nunique() < _LEAST_DAYS:
            continue
        figures = _figures(same)
        kept, falling = _sorted_out(figures)
        found += [_finding(each, kept, rows) for _, each in falling.iterrows()]
    return found


def _common(rows: pd.DataFrame) -> pd.Series:
    return rows["operator"].isin(_EVERYONE)


def _totals(statements: pd.DataFrame) -> pd.DataFrame:
    rows = bounded(statements)
    return rows[(rows["period"] == "cumulative") & (rows["status"] == "achieved")]


def _figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a day and number; a total of all operators is one if any page says so."""
    rows = rows.sort_values(["period_end", "value", "operator", "statement_id"])
    groups = rows.groupby(["period_end", "value"], sort=True)
    table = groups.agg(
        lower=("lower", "min"),
        upper=("upper", "max"),
        operator=("operator", "first"),
        metric=("metric", "first"),
        district=("district", "first"),
        land_use=("land_use", "first"),
        statement_ids=("statement_id", tuple),
    )
    return table.reset_index()


def _sorted_out(figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures that can all be true, and those that cannot."""
    end = figures["period_end"].to_numpy()
    lower, upper = figures["lower"].to_numpy(float), figures["upper"].to_numpy(float)
    falls = (end[:, None] < end[None, :]) & (lower[:, None] > upper[None, :] * _SLACK)
    against = (falls | falls.T).astype(float)
    vague = (figures["operator"] == "unstated").to_numpy()
    # A total of unstated scope is no evidence against one of all operators.
    against[np.ix_(~vague, vague)] = 0
    kept = np.ones(len(figures), dtype=bool)
    while len(figures):
        count = (against * kept).sum(axis=1) * kept
        # Of two that contradict each other the later one is accused: it is the one that fell.
        worst = len(count) - 1 - int(count[::-1].argmax())
        if count[worst] == 0:
            break
        kept[worst] = False
    return figures[kept], figures[~kept]


def _finding(figure: pd.Series, kept: pd.DataFrame, rows: pd.DataFrame) -> Finding:
    own, against = figure["statement_ids"], _against(figure, kept)
    for code, read_from in (
        ("one_operator", _operators_own(figure, rows)),
        ("earlier_total", _earlier(figure, kept)),
    ):
        if read_from:
            return Finding(own, "falling_total", code, related=(*read_from, *against))
    value = _moved_point(figure, kept)
    code = "falling_total" if np.isnan(value) else "decimal_point"
    return Finding(own, "falling_total", code, value, against)


def _against(figure: pd.Series, kept: pd.DataFrame) -> tuple[str, ...]:
    """Return statements of the two totals, nearest in time, that a total cannot stand beside."""
    clash = kept[
        (kept["period_end"] < figure["period_end"]) & (kept["lower"] > figure["upper"])
        | (kept["period_end"] > figure["period_end"]) & (kept["upper"] < figure["lower"])
    ]
    apart = (clash["period_end"] - figure["period_end"]).abs().sort_values(kind="stable")
    nearest = clash.loc[apart.index[:_NEAREST], "statement_ids"]
    return tuple(name for names in nearest for name in names)


def _operators_own(figure: pd.Series, rows: pd.DataFrame) -> tuple[str, ...]:
    """Return statements of one operator's total at that time that are the same number."""
    own = rows[~_common(rows)]
    for name in _PLACE:
        own = own[own[name] == figure[name]]
    own = own[own["operator"] != figure["operator"]]
    days = (own["period_end"] - figure["period_end"]).abs()
    allowed = _CLOSE + _CLOSE_A_DAY * days.dt.days
    close = (own["value"] / figure["value"] - 1).abs() <= allowed
    return tuple(own.loc[close & (days <= _NEAR), "statement_id"])


def _earlier(figure: pd.Series, kept: pd.DataFrame) -> tuple[str, ...]:
    """Return statements of an earlier total that is the same number."""
    before = kept[kept["period_end"] < figure["period_end"]]
    same = before[(before["value"] / figure["value"] - 1).abs() <= _EARLIER]
    return tuple(name for names in same["statement_ids"] for name in names)


def _moved_point(figure: pd.Series, kept: pd.DataFrame) -> float:
    """Return the total with its decimal point moved to where it fits, NaN where none does."""
    before = kept.loc[kept["period_end"] <= figure["period_end"], "lower"].max()
    after = kept.loc[kept["period_end"] >= figure["period_end"], "upper"].min()
    for power in (10.0, 0.1, 1000.0, 0.001, 100.0, 0.01):
        moved = figure["value"] * power
        if before <= moved <= after <= _NARROW * before:
            return float(f"{moved:.10g}")
    return float("nan")


def repeated_totals(statements: pd.DataFrame) -> list[Finding]:
    """Return totals that repeat an older number while other figures of the page have grown."""
    pages = _totals(statements)
    if "source_id" not in pages:
        return []
    units = (pages["upper"] - pages["lower"]).clip(lower=1e-9)
    rows = pages[pages["value"] >= _TELLING * units]
    found = []
    again = rows[rows.duplicated([*_PLACE, "value"], keep=False)]
    for _, same in again.groupby([*_PLACE, "value"]):
        first = same.sort_values(["period_end", "statement_id"]).iloc[0]
        late = same[same["period_end"] > first["period_end"] + _REPEATED]
        found += list(_stale(first, late[late["value"] >= _TELLING], pages))
    return found


def _stale(first: pd.Series, late: pd.DataFrame, pages: pd.DataFrame) -> Iterator[Finding]:
    old = pages[pages["source_id"] == first["source_id"]]
    for _, row in late.iterrows():
        if _others_grew(old, pages[pages["source_id"] == row["source_id"]], row):
            yield Finding(
                (row["statement_id"],),
                "repeated_total",
                "earlier_total",
                related=(first["statement_id"],),
            )


def _others_grew(old: pd.DataFrame, new: pd.DataFrame, row: pd.Series) -> bool:
    """Return whether a page prints a number of the same day that the older page has not."""
    new = new[(new["period_end"] == row["period_end"]) & (new["metric"] != row["metric"])]
    return bool(len(new)) and not bool(new["value"].isin(old["value"]).all())
