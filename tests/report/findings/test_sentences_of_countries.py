from __future__ import annotations

import pandas as pd

from demine_analysis.report.findings import countries as findings


def left(**rows: tuple[float, float, float, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, index=["median", "lower_80", "upper_80", "reason"]).T
    return table.astype({"median": float, "lower_80": float, "upper_80": float})


def test_first_and_last_are_told() -> None:
    two = left(Alba=(2.04, 1.5, 3.0, ""), Borea=(40.4, 30.0, 61.0, ""))
    assert findings.years_left(two) == (
        "At the latest printed pace Alba would be done in 2.0 (1.5 to 3.0) years, "
        "Borea in 40 (30 to 61)."
    )
    assert findings.years_left(two.head(1)).endswith("(1.5 to 3.0) years.")
    assert findings.years_left(two.head(0)).startswith("No pace beside what remains")


def test_each_reason_is_a_sentence_of_its_countries() -> None:
    nan = float("nan")
    frame = left(
        Alba=(2.0, 1.0, 3.0, ""), Caria=(nan, nan, nan, "no pace"), Doria=(nan, nan, nan, "no pace")
    )
    assert findings.left_out(frame) == [
        "Fewer than three years of land cleared are printed: Caria, Doria."
    ]


def test_nothing_is_said_to_be_missing() -> None:
    empty = pd.DataFrame({"released": [], "value": [], "area_cleared": []})
    assert findings.released(empty).startswith("No year of land released")
    assert findings.mines_per_km2(empty).startswith("No year with both")
    assert findings.ways(empty).startswith("No year with land reduced")
