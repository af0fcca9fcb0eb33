"""Running totals that name no first day tell what was done between them."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis.reconciliation.evidence.running_totals import growth
from demine_analysis.reconciliation.statements import without_first_day
from demine_analysis.scope import Scope

TOTAL = {"metric": "explosive_items", "unit": "items", "period": "cumulative", "period_start": None}
ENDS = ["2024-01-07", "2024-03-17", "2024-05-26", "2024-08-04"]
VALUES = [5000.0, 5703.0, 6409.0, 7112.0]  # 703 to 706 in each ten weeks


def totals(**given: object) -> pd.DataFrame:
    rows = [
        {**TOTAL, "period_end": end, "value": value, **given}
        for end, value in zip(ENDS, VALUES, strict=True)
    ]
    frame = statements(*rows)
    return frame.assign(
        statement_id=[f"t.{n}" for n in range(len(frame))],
        period_start=pd.to_datetime(frame["period_start"]),
    )


def test_growth_is_the_difference_with_the_rounding_of_both() -> None:
    found = growth(totals())
    assert found["value"].tolist() == [703, 1409, 2112]
    assert found["start"].unique().tolist() == [pd.Timestamp("2024-01-08")]
    # 5,000 is known to the hundred, the others to the item.
    assert (found["upper"] - found["lower"]).tolist() == [101, 101, 101]
    assert found["statement_ids"].tolist() == [("t.1",), ("t.2",), ("t.3",)]


def test_a_series_follows_from_totals_without_a_first_day() -> None:
    r = da.reconcile(totals(), "explosive_items")
    found = r.total("2024-03-18", "2024-08-04")
    assert found["median"] == pytest.approx(7112 - 5703, rel=0.01)
    assert r.start == pd.Timestamp("2024-01-08")


def test_a_single_such_total_says_nothing() -> None:
    with pytest.raises(da.ReconcileError, match="nothing to reconcile"):
        da.reconcile(totals().head(1), "explosive_items")


@pytest.mark.parametrize("change", [{"operator": "unstated"}, {"days_exact": False}])
def test_totals_of_unknown_work_or_days_are_left_out(change: dict[str, object]) -> None:
    assert without_first_day(totals(**change), Scope(metric="explosive_items")).empty


def test_totals_of_two_scopes_are_not_taken_from_each_other() -> None:
    rows = pd.concat([totals(operator="all"), totals(operator="ANAMA", value=40000.0)])
    assert growth(rows)["operator"].unique().tolist() == ["all"]
