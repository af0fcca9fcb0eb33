"""What remains to be released in each country, the pace against it, and the years left."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from demine_analysis.wording.language import marked

from .countries import ENOUGH, listed
from .limits import limits

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

_HECTARES = 100
#: Years that a pace may reach back, and how old its first one and what remains may be.
_MOST, RECENT = 5, 5
#: Years from which the last three are taken where the last five have fewer.
_REACH = 10
#: Two figures of what remains, so many years apart, contradict each other from this ratio on.
_NEAR, _FACTOR = 2, 2.0
_LOWER, _UPPER = 0.1, 0.9
_PAGE = ["record_id", "url", "publisher", "published"]

#: Reasons for which what remains says nothing of today.
UNTOLD = ("old_remaining", "contradiction")
#: Why no years left are given.
REASONS = {
    "few_years": marked("fewer than three whole years in ten are printed"),
    "no_work": marked("nothing was released in the years printed"),
    "old_pace": marked("the pace counts years that are too old"),
    "no_remaining": marked("what remains is not printed"),
    "old_remaining": marked("what remains was last printed too long ago"),
    "contradiction": marked("what remains is printed as two figures that contradict each other"),
    "other_ordnance": marked("what remains counts other ordnance as well, the pace does not"),
}


def country_remaining(rows: pd.DataFrame, *, since: int) -> pd.DataFrame:
    """Return what remains in each country as it was last printed.

    Parameters
    ----------
    rows : DataFrame
        As from `load_country_years`; parts of countries are left out.
    since : int
        First year.

    Returns
    -------
    DataFrame
        `iso`, `country`, `year`, `remaining` (km² at the end of the year; the confirmed area where
        no whole is printed), `other` (km²; another figure of that year or the two before that is
        twice as large or more, or half as large or less), `limits` (codes), and its page.
    """
    value = rows["remaining"].fillna(rows["remaining_confirmed"]) / _HECTARES
    used = rows[rows["iso"].ne("") & rows["region"].eq("") & rows["last_year"].ge(since)]
    frame = used.assign(
        value=value, year=used["last_year"], confirmed=used["remaining"].isna()
    ).dropna(subset="value")
    ordered = frame.sort_values(
        ["country", "year", "confirmed", "published"],
        ascending=[True, False, True, False],
        kind="stable",
        na_position="last",
    )
    found = [_latest(each) for _, each in ordered.groupby("iso", sort=False)]
    columns = ["iso", "country", "year", "remaining", "other", "limits", *_PAGE]
    return pd.DataFrame(found, columns=columns)


def _latest(printed: pd.DataFrame) -> dict[Hashable, Any]:
    """Return the first of a country's rows, and the first other one that contradicts it."""
    row = printed.iloc[0].to_dict()
    near = printed[printed["year"].ge(row["year"] - _NEAR) & ~printed["confirmed"]]
    ratio = near["value"] / row["value"] if row["value"] else near["value"] * np.inf
    apart = near["value"][(ratio >= _FACTOR) | (ratio <= 1 / _FACTOR)]
    codes = [code for code in limits(row) if code.startswith("remaining")]
    other = apart.iloc[0] if len(apart) and not row["confirmed"] else np.nan
    return row | {"remaining": row["value"], "other": other, "limits": ";".join(codes)}


def country_pace(annual: pd.DataFrame, remaining: pd.DataFrame, *, now: int) -> pd.DataFrame:
    """Return each country's pace, what remains, and the years left at that pace.

    Parameters
    ----------
    annual : DataFrame
        As from `country_annual`.
    remaining : DataFrame
        As from `country_remaining`.
    now : int
        The year from which age is counted, for instance that of the latest page.

    Returns
    -------
    DataFrame
        A row a country: `iso`, `country`, `basis` (`released` where that is printed of at least
        three of the years, else `cleared`), `years` (as text: the printed ones among the last
        five, or the last three of ten), `first_year`, `pace` (km² a year, their mean), `remaining`
        (km²), `remaining_year`, `other`, `years_left`, `lower_80` and `upper_80` (NaN where
        `reasons` says why), `limits`, `reasons` (codes of `REASONS`, `;`-joined).

    Notes
    -----
    The spread is that of the mean when years are drawn anew from those printed, with replacement:
    all n to the power of n such samples are computed, so that there is no chance in it. It knows
    the differences between the years, and nothing of what remains, which is itself uncertain.
    """
    known = {row["iso"]: row for row in remaining.to_dict("records")}
    countries = annual.drop_duplicates("iso")[["iso", "country"]]
    rows = [
        {"iso": iso, "country": country}
        | _one(annual[annual["iso"].eq(iso)], known.get(iso, {}), now)
        for iso, country in zip(countries["iso"], countries["country"], strict=True)
    ]
    columns = ["iso", "country", "basis", "years", "first_year", "pace"]
    columns += ["remaining", "remaining_year", "other", "years_left", "lower_80", "upper_80"]
    return pd.DataFrame(rows, columns=[*columns, "limits", "reasons"])


def _one(annual: pd.DataFrame, left: Mapping[Hashable, Any], now: int) -> dict[str, Any]:
    whole = annual[annual["counts"].eq("whole")]
    used = _last_years(whole.dropna(subset="cleared").sort_values("year"))
    basis = "released" if used["released"].count() >= ENOUGH else "cleared"
    used = used.dropna(subset=basis)
    values = used[basis].to_numpy()
    enough = len(values) >= ENOUGH
    found = {
        "basis": basis,
        "years": listed(used["year"]),
        "first_year": float(used["year"].min()),
        "pace": values.mean() if enough else np.nan,
        "remaining": left.get("remaining", np.nan),
        "remaining_year": float(left.get("year", np.nan)),
        "other": left.get("other", np.nan),
        "limits": left.get("limits", ""),
    }
    reasons = _reasons(found, now)
    spread = (np.nan, np.nan, np.nan) if reasons else years_left(values, found["remaining"])
    names = ("years_left", "lower_80", "upper_80")
    return found | dict(zip(names, spread, strict=True)) | {"reasons": ";".join(reasons)}


def _last_years(printed: pd.DataFrame) -> pd.DataFrame:
    """Return the printed ones of a country's last five years, or the last three of ten years."""
    last = printed["year"].max()
    recent = printed[printed["year"].gt(last - _MOST)]
    near = printed[printed["year"].gt(last - _REACH)]
    return recent if len(recent) >= ENOUGH else near.tail(ENOUGH)


def _reasons(found: Mapping[str, Any], now: int) -> list[str]:
    pace, left = found["pace"], found["remaining"]
    tests = {
        "few_years": bool(np.isnan(pace)),
        "no_work": pace == 0,
        "old_pace": not np.isnan(pace) and now - found["first_year"] > RECENT,
        "no_remaining": bool(np.isnan(left)),
        "old_remaining": not np.isnan(left) and now - found["remaining_year"] > RECENT,
        "contradiction": not np.isnan(found["other"]),
        "other_ordnance": "remaining_other" in found["limits"].split(";"),
    }
    return [code for code, holds in tests.items() if holds]


def pace_drawn(pace: pd.DataFrame) -> pd.DataFrame:
    """Return the countries whose pace can stand against what remains.

    Parameters
    ----------
    pace : DataFrame
        As from `country_pace`.

    Returns
    -------
    DataFrame
        Its rows with both, more than zero, but for those of which what remains was last printed
        too long ago or as figures that contradict each other.
    """
    both = pace[pace[["pace", "remaining"]].gt(0).all(axis=1)]
    return both[~both["reasons"].map(_untold).astype(bool)]


def _untold(reasons: str) -> bool:
    return not set(UNTOLD).isdisjoint(reasons.split(";"))


def years_left(values: np.ndarray, remaining: float) -> tuple[float, float, float]:
    """Return what remains over the mean of some years, and the 80% interval from drawing years.

    Parameters
    ----------
    values : ndarray
        Area of each year (km²), three to five of them, not all zero.
    remaining : float
        Area (km²).

    Examples
    --------
    >>> [round(each, 2) for each in years_left(np.array([1.0, 2.0, 3.0]), 12.0)]
    [6.0, 4.5, 9.0]
    """
    means = np.array([np.mean(each) for each in product(values, repeat=len(values))])
    slow, fast = np.quantile(means, [_LOWER, _UPPER], method="inverted_cdf")
    upper = remaining / slow if slow > 0 else np.inf
    return float(remaining / values.mean()), float(remaining / fast), float(upper)
