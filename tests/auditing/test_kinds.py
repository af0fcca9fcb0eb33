"""Totals of items beside the kinds on their page: who counts what, and what a page leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis.auditing import audit

if TYPE_CHECKING:
    from collections.abc import Mapping

AP, AV, UXO = "anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"
IED = "improvised_devices"
TOTAL = "explosive_items"
MONTH = {"period": "month", "period_start": "2024-05-01", "period_end": "2024-05-31"}


def page(
    name: str, figures: Mapping[str, int], days: Mapping[str, object] = MONTH
) -> list[dict[str, object]]:
    """Return the statements of a page, one for each kind."""
    return [
        {"statement_id": f"{name}.{metric}", "source_id": name, "metric": metric,
         "value": float(value), "unit": "items", "operator": name, **days}
        for metric, value in figures.items()
    ]  # fmt: skip


def accused(*pages: list[dict[str, object]]) -> pd.DataFrame:
    found = audit(statements(*[row for page in pages for row in page]))
    found = found[found["finding"] == "sum_mismatch"]
    return found.set_index("statement_id")


def whole_pages(count: int = 12) -> list[list[dict[str, object]]]:
    """Return pages on which 3 + 91 + 397 + 7 items are 498, improvised devices among them."""
    kinds = {AP: 3, AV: 91, UXO: 397, IED: 7, TOTAL: 498}
    return [page(f"team-{n}", kinds) for n in range(count)]


@pytest.mark.parametrize("counted", [497, 480])
def test_improvised_devices_may_be_counted_or_not(counted: int) -> None:
    assert accused(page("a", {AP: 3, AV: 88, UXO: 389, IED: 17, TOTAL: counted})).empty


def test_a_total_that_is_neither_sum_is_accused_with_the_nearer_one() -> None:
    found = accused(page("a", {AP: 3, AV: 88, UXO: 389, IED: 17, TOTAL: 502}))
    assert found["likely_value"].to_dict() == {f"a.{TOTAL}": 497}


def test_parts_beyond_their_total_are_found_where_a_kind_is_missing() -> None:
    found = accused(page("a", {AV: 261, UXO: 548, TOTAL: 603}))
    assert list(found.index) == [f"a.{TOTAL}"]
    assert found["likely_value"].isna().all()


def test_kinds_left_out_can_be_no_larger_than_elsewhere() -> None:
    """On whole pages mines of either kind and devices are a fifth of the items at most."""
    far = page("far", {AV: 86, UXO: 127, TOTAL: 731})
    near = page("near", {AV: 120, UXO: 597, TOTAL: 731})
    assert list(accused(*whole_pages(), far, near).index) == [f"far.{TOTAL}"]
    assert accused(far, near).empty  # nothing tells how large they can be


def test_devices_that_a_page_leaves_out_are_the_rest() -> None:
    rest = page("rest", {AP: 3, AV: 91, UXO: 397, TOTAL: 497})
    far = page("far", {AP: 3, AV: 91, UXO: 397, TOTAL: 562})
    assert list(accused(*whole_pages(), rest, far).index) == [f"far.{TOTAL}"]


@pytest.mark.parametrize(
    "days",
    [
        {"period": "week", "period_start": None, "period_end": None},
        {"period": "week", "period_start": "2024-05-01", "period_end": "2024-05-31",
         "days_exact": False},
    ],
)  # fmt: skip
def test_a_page_without_days_is_held_against_itself(days: dict[str, object]) -> None:
    rows = page("a", {AP: 5, AV: 46, UXO: 571, TOTAL: 671}, days)
    frame = statements(*rows)
    found = audit(frame.assign(days_exact=False))
    assert found["statement_id"].tolist() == [f"a.{TOTAL}"]
    assert found["likely_value"].tolist() == [622]


def test_week_and_month_to_date_of_one_page_are_apart() -> None:
    week = {**MONTH, "period": "week"}
    to_date = {**MONTH, "period": "month_to_date"}
    both = [*page("a", {AP: 1, AV: 9, UXO: 91, TOTAL: 101}, week),
            *page("a", {AP: 2, AV: 28, UXO: 271, TOTAL: 311}, to_date)]  # fmt: skip
    rows = [{**row, "statement_id": f"a.{n}"} for n, row in enumerate(both)]
    assert list(accused(rows).index) == ["a.7"]


@pytest.mark.slow
def test_misfits_of_a_programme_that_counts_devices_are_found_and_no_others() -> None:
    """Of 200 pages with kinds and total; the numbers are those that the pages print."""
    rows = da.load_statements("yemen")
    found = audit(rows)
    # Of 730 and its parts another page of the week tells, too: it stands among those that differ.
    assert {730.0, 602.0, 670.0} <= set(found["printed"])
    found = found[found["finding"] == "sum_mismatch"]
    names = rows.set_index("statement_id")
    wrong = names.loc[found["statement_id"], ["value", "source_id"]]
    for source, total in zip(wrong["source_id"], wrong["value"], strict=True):
        own = names[(names["source_id"] == source) & (names["unit"] == "items")]
        assert np.nansum(own["value"]) != 2 * total  # not all kinds, improvised ones too
    assert len(found) < 10
