"""Totals of items that are not the sum of their kinds on the same page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

import numpy as np
import pandas as pd

from demine_analysis.auditing.findings import Finding
from demine_analysis.auditing.sums import SCOPES, closest, compared, crowded, meet, printed_bounds

_KINDS: dict[str, list[tuple[str, ...]]] = {
    "mines": [("anti_personnel_mines", "anti_vehicle_mines")],
    "explosive_items": [
        ("anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"),
        ("mines", "unexploded_ordnance"),
    ],
}

_COUNTED_BY_SOME = {"explosive_items": ("improvised_devices", "submunitions")}
"""Kinds that some publishers count in a total, and others beside it."""

_LEAST_KINDS = 2
"""Kinds that a page with some of them has to print before they are held against its total."""

_TELLING = 10
"""Whole breakdowns that it takes to say how large the kinds can be that a page leaves out."""

_BEYOND = 2.0
"""How often the largest part that kinds had of any total may be left for them."""

_Breakdown = tuple[pd.Series, list[pd.DataFrame]]
"""A total and the parts that may make it up, the fewest first."""

_PAGE = ["source_id", "status", "period", "period_start", "period_end", *SCOPES]


def kind_mismatches(statements: pd.DataFrame) -> list[Finding]:
    """Return totals of items that their kinds on the same page do not allow.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.

    Returns
    -------
    list of Finding
        Of pages with all kinds: where these add up to another number, whether or not kinds are
        counted that some publishers leave out. Of pages with some kinds: where these are more
        than the total, or leave far more for the others than whole breakdowns do.
    """
    if "source_id" not in statements:
        return []
    rows = printed_bounds(statements)
    each = [_of_total(rows, total, kinds) for total in _KINDS for kinds in _KINDS[total]]
    return list(chain.from_iterable(each))


def _of_total(rows: pd.DataFrame, total: str, kinds: tuple[str, ...]) -> Iterator[Finding]:
    whole: list[_Breakdown] = []
    partial: list[_Breakdown] = []
    for page in _pages(rows, total, kinds):
        figure, parts = page.loc[[total]].iloc[0], page.drop(index=total)
        named = parts[parts["metric"].isin(kinds)]
        if len(named) == len(kinds):
            whole.append((figure, _sums(parts, kinds)))
        elif len(named) >= _LEAST_KINDS:
            partial.append((figure, [named, parts]))
    largest = _largest_parts(whole)
    for figure, sums in whole:
        if not 0 < _left(figure, sums) <= _room(figure, sums, largest):
            yield from compared(rows, figure, sums)
    for figure, sums in partial:
        far = len(whole) >= _TELLING and _left(figure, sums) > _room(figure, sums, largest)
        if far or sums[0]["lower"].sum() > figure["upper"]:
            own, names = (str(figure["statement_id"]),), tuple(sums[-1]["statement_id"])
            yield Finding(own, "sum_mismatch", "sum_mismatch", np.nan, names)


def _pages(rows: pd.DataFrame, total: str, kinds: tuple[str, ...]) -> Iterator[pd.DataFrame]:
    """Yield the figures of each page with the total and some kinds, by metric."""
    metrics = [total, *kinds, *_COUNTED_BY_SOME.get(total, ())]
    own = rows[rows["metric"].isin(metrics)].drop_duplicates([*_PAGE, "metric"], keep=False)
    counted = crowded(own[own["metric"].isin([total, *kinds])], _PAGE)
    with_total = counted.loc[counted["metric"] == total, _PAGE]
    for _, page in own.merge(with_total, on=_PAGE).groupby(_PAGE, dropna=False):
        yield page.set_index("metric", drop=False)


def _sums(parts: pd.DataFrame, kinds: tuple[str, ...]) -> list[pd.DataFrame]:
    """Return the parts that may make up a total: its kinds, with and without the others."""
    others = parts.index.difference(list(kinds))
    chosen = [combinations(others, count) for count in range(len(others) + 1)]
    return [parts.loc[[*kinds, *each]] for each in chain.from_iterable(chosen)]


def _largest_parts(whole: list[_Breakdown]) -> pd.Series:
    """Return the largest part of a total that each kind had on pages whose kinds add up to it."""
    nearest = [(figure, closest(sums, figure)) for figure, sums in whole if figure["value"] > 0]
    shares = [parts["value"] / figure["value"] for figure, parts in nearest if meet(parts, figure)]
    return pd.concat(shares, axis=1).max(axis=1) if shares else pd.Series(dtype=float)


def _left(figure: pd.Series, sums: list[pd.DataFrame]) -> float:
    """Return what a total has beside all kinds that its page prints."""
    return float(figure["lower"] - sums[-1]["upper"].sum())


def _room(figure: pd.Series, sums: list[pd.DataFrame], largest: pd.Series) -> float:
    """Return how much of a total the kinds can be that its page does not print."""
    unprinted = largest.drop(sums[-1].index, errors="ignore")
    return float(_BEYOND * unprinted.sum() * figure["value"])
