"""Sentences about how estimates moved."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis.reconciliation.intervals import interval_frame
from demine_analysis.report.findings import doubtful as auditing


def moved(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """Return estimates of 2023: the day, the last day counted, the middle of a band of 10%."""
    index = pd.DatetimeIndex([day for day, _, _ in rows], name="as_of")
    frame = interval_frame(
        np.array([[0.9 * middle, middle, 1.1 * middle] for _, _, middle in rows]), index
    )
    return frame.assign(through=pd.to_datetime([last for _, last, _ in rows]))


def test_a_first_estimate_holds_or_does_not() -> None:
    half = ("2023-06-30", "2023-06-30", 400.0)
    first, same = ("2023-12-31", "2023-12-31", 1000.0), ("2024-06-30", "2023-12-31", 1010.0)
    held = auditing.vintages(2023, moved(half, first, same))
    assert held.startswith("The first estimate of all 2023, of 31 December 2023, holds:")
    far = auditing.vintages(2023, moved(half, first, ("2024-06-30", "2023-12-31", 1500.0)))
    assert "does not hold" in far
    assert auditing.vintages(2023, moved(first)) == (
        "All of 2023 has been estimated only once so far."
    )
    assert auditing.vintages(2023, moved(half)).startswith("No estimate counts all of 2023 yet")
    assert auditing.vintages(2023, moved(half, same)).startswith(
        "Only the estimate of 30 June 2024 counts all of 2023;"
    )
    assert auditing.vintages(0, moved(half).head(0)).startswith("No estimate of a whole year")
