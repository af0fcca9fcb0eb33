from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import demine_analysis as da

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULTS = {
    "metric": "area_cleared",
    "value": 100.0,
    "unit": "ha",
    "qualifier": "exact",
    "status": "achieved",
    "period": "year",
    "period_start": "2023-01-01",
    "period_end": "2023-12-31",
    "operator": "all",
    "district": "all",
    "land_use": "all",
    "printed": "",
    "note": "",
    "published": None,
    "corrected": False,
}
DATES = ["period_start", "period_end", "published"]


@pytest.fixture(scope="session")
def make() -> Callable[..., pd.DataFrame]:
    """Build a frame of statements from what is special about each row."""

    def statements(*rows: dict[str, object]) -> pd.DataFrame:
        named = [
            {"statement_id": f"page-{n}.01", "source_id": f"page-{n}", **DEFAULTS, **row}
            for n, row in enumerate(rows)
        ]
        frame = pd.DataFrame(named)
        return frame.assign(**{name: pd.to_datetime(frame[name]) for name in DATES})

    return statements


@pytest.fixture(scope="session")
def azerbaijan() -> pd.DataFrame:
    return da.load_statements("azerbaijan")
