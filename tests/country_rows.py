"""Invented rows of country-years, as `load_country_years` gives them."""

from __future__ import annotations

import numpy as np
import pandas as pd

_NUMBERS = [
    "area_cleared", "area_reduced", "area_cancelled", "remaining", "remaining_confirmed",
    "anti_personnel_mines", "anti_vehicle_mines", "explosive_remnants",
]  # fmt: skip


def row(iso: str, year: int, **given: object) -> dict[str, object]:
    """Return a row; areas are in hectares, and what is not given is missing."""
    name = f"{iso.lower()}-{year}"
    return {
        "record_id": f"{name}.1", "country": iso.title(), "iso": iso, "region": "",
        "first_year": year, "last_year": year, **dict.fromkeys(_NUMBERS, np.nan),
        "qualifier": "exact", "url": f"https://example.org/{name}", "publisher": "Yearbook",
        "published": pd.Timestamp(year + 1, 12, 31), "language": "en", "note": "",
    } | given  # fmt: skip


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def cleared(iso: str, areas: dict[int, float], **given: object) -> list[dict[str, object]]:
    """Return a row a year with this cleared area."""
    return [row(iso, year, area_cleared=area, **given) for year, area in areas.items()]


#: What figures draw: two countries, one of them not whole.
COUNTRIES = pd.DataFrame(
    {"iso": ["AAA", "AAA", "BBB"], "country": ["Aa", "Aa", "Bb"], "year": [2020, 2021, 2021],
     "cleared": [0.5, 20.0, 300.0], "cancelled": np.nan, "released": [np.nan, 25.0, np.nan],
     "counts": ["whole", "whole", "part"], "density": [5.0, 50.0, 0.0], "pooled": [20.0, 20.0, 0.0]}
)  # fmt: skip
PACES = pd.DataFrame(
    {"iso": ["AAA", "BBB"], "country": ["Aa", "Bb"], "pace": [2.0, 4.0], "remaining": [20.0, 8.0],
     "years_left": [10.0, 2.0], "lower_80": [8.0, 1.0], "upper_80": [np.inf, 3.0],
     "reasons": ["", "old_pace"]}
)  # fmt: skip
PARTED = pd.DataFrame(
    {"iso": ["AAA"], "country": ["Aa"], "cleared": [0.3], "reduced": [0.0], "cancelled": [0.2],
     "together": [0.5]}
)  # fmt: skip
