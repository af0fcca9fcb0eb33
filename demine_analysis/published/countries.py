"""Countries side by side, from what yearbooks print: one figure a country, year and column."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from demine_analysis.errors import ParameterError
from demine_analysis.vocabulary import describe_allowed

AREAS = ("area_cleared", "area_reduced", "area_cancelled")
_COLUMNS = (*AREAS, "anti_personnel_mines", "remaining")
_PACE_YEARS = 5
"""Years of which the mean is today's pace."""
_OLD = 10
"""Years after which a figure says nothing of today; yearbooks skip countries for years."""
_FEWEST = 3
"""Years that a pace needs for a spread."""
_DRAWS = 2000
_HECTARES_PER_KM2 = 100

TOO_OLD, NO_REMAINING, NO_PACE = "too old", "no remaining", "no pace"


def country_years(
    records: pd.DataFrame, countries: Iterable[str] = (), since: int = 0
) -> pd.DataFrame:
    """Return one row a country and year, of each column the figure of the latest page.

    Parameters
    ----------
    records : DataFrame
        As from `load_country_years`.
    countries : iterable of str
        Names or ISO codes; none: every country, without the world's sums.
    since : int
        First year.

    Returns
    -------
    DataFrame
        Index `country`, `year`; `area_cleared`, `area_reduced`, `area_cancelled`, `released`
        (their sum, as far as they are printed; NaN without any), `remaining` (ha),
        `anti_personnel_mines` (items), `url` and `publisher` of the latest page. Figures of
        several years, or of a region, are left out.

    Raises
    ------
    ParameterError
        If there is no such country; the message lists those that there are.
    """
    single = records[(records["first_year"] == records["last_year"]) & records["region"].eq("")]
    single = single[single["country"].isin(_chosen(single, countries))]
    single = single[single["first_year"] >= since].rename(columns={"first_year": "year"})
    ordered = single.sort_values(["published", "record_id"], na_position="first")
    # The last of each column that is no blank: a later edition without a figure takes none away.
    years = ordered.groupby(["country", "year"])[[*_COLUMNS, "url", "publisher"]].last()
    years["released"] = years[list(AREAS)].sum(axis=1, min_count=1)
    return years


def country_pages(records: pd.DataFrame, years: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the pages of the countries compared, and their records, as lists of sources take them.

    Parameters
    ----------
    records, years : DataFrame
        As from `load_country_years` and `country_years`.

    Returns
    -------
    pages, used : DataFrame
        `source_id` (the address), `url`, `publisher`, `agency`, `published`, `language`, a row a
        page; and `source_id`, a row a record of these countries and years.
    """
    compared = set(years.index)
    keys = zip(records["country"], records["last_year"], strict=True)
    used = records[[key in compared for key in keys]].assign(source_id=records["url"])
    columns = ["source_id", "url", "publisher", "agency", "published", "language"]
    pages = used.assign(agency="").drop_duplicates("source_id")[columns]
    return pages, used[["source_id"]]


def _chosen(records: pd.DataFrame, wanted: Iterable[str]) -> set[str]:
    known = records.loc[records["country"] != "World", ["country", "iso"]].drop_duplicates()
    by_key = {name.casefold(): name for name in known["country"]}
    by_key |= {code.casefold(): name for name, code in known.itertuples(index=False) if code}
    keys = [str(each).strip().casefold() for each in wanted if str(each).strip()]
    for key in keys:
        if key not in by_key:
            allowed = describe_allowed(key, sorted(known["country"]))
            raise ParameterError(f"countries must be {allowed}, got {key!r}")
    return {by_key[key] for key in keys} or set(known["country"])


def years_left(years: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Return how long clearance would take at the latest pace, or why that cannot be said.

    Parameters
    ----------
    years : DataFrame
        As from `country_years`.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        Index `country`; `remaining` (ha, the latest printed) and its `remaining_year`; `pace` (ha
        a year, the mean of the last five printed years of land cleared) with `pace_years`, how
        many, and `last_year`; `median`, `lower_80`, `upper_80`: years left from then on;
        `reason`: empty, or `no remaining`, `no pace` (fewer than three years), `too old` (one of
        the two lies more than ten years before the latest year of any country). Soonest first.

    Notes
    -----
    Land cancelled or reduced is not in the pace: a survey takes off in one year what no team
    clears in ten, and does so once. The spread comes from drawing the years of the pace with
    replacement. It says how uneven they were; that estimates of what remains are often revised by
    half is not in it.
    """
    latest = int(years.index.get_level_values("year").max()) if len(years) else 0
    rng = np.random.default_rng([seed, 5])
    rows = [
        {"country": str(country), **_left(group.droplevel("country"), latest, rng)}
        for country, group in years.groupby("country")
    ]
    columns = ["country", "remaining", "remaining_year", "pace", "pace_years", "last_year",
               "median", "lower_80", "upper_80", "reason"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns).set_index("country")
    return frame.sort_values(["median", "country"], na_position="last")


def _left(group: pd.DataFrame, latest: int, rng: np.random.Generator) -> dict[str, object]:
    remaining, cleared = group["remaining"].dropna(), group["area_cleared"].dropna()
    cleared = cleared[cleared > 0].tail(_PACE_YEARS)
    row: dict[str, object] = {
        "remaining": float(remaining.iloc[-1]) if len(remaining) else np.nan,
        "remaining_year": int(remaining.index[-1]) if len(remaining) else 0,
        "pace": float(cleared.mean()) if len(cleared) else np.nan,
        "pace_years": len(cleared),
        "last_year": int(cleared.index[-1]) if len(cleared) else 0,
        **dict.fromkeys(["median", "lower_80", "upper_80"], np.nan),
        "reason": "",
    }
    if remaining.empty:
        return {**row, "reason": NO_REMAINING}
    if len(cleared) < _FEWEST:
        return {**row, "reason": NO_PACE}
    if latest - min(int(remaining.index[-1]), int(cleared.index[-1])) > _OLD:
        return {**row, "reason": TOO_OLD}
    picked = rng.choice(cleared.to_numpy(), size=(_DRAWS, len(cleared)))
    drawn = float(remaining.iloc[-1]) / picked.mean(axis=1)
    low, middle, high = np.quantile(drawn, [0.1, 0.5, 0.9])
    return {**row, "median": middle, "lower_80": low, "upper_80": high}


def mines_per_km2(years: pd.DataFrame) -> pd.DataFrame:
    """Return anti-personnel mines found a km² cleared, over the years that print both.

    Returns
    -------
    DataFrame
        Index `country`; `value` (items a km²), `mines`, `area` (ha), `years`; most first.
    """
    both = years.dropna(subset=["area_cleared", "anti_personnel_mines"])
    both = both[both["area_cleared"] > 0]
    groups = both.groupby("country")
    frame = pd.DataFrame(
        {
            "mines": groups["anti_personnel_mines"].sum(),
            "area": groups["area_cleared"].sum(),
            "years": groups.size(),
        }
    )
    frame.insert(0, "value", frame["mines"] / frame["area"] * _HECTARES_PER_KM2)
    return frame.sort_values("value", ascending=False)


def shares(years: pd.DataFrame) -> pd.DataFrame:
    """Return how land was released, over the years that print clearance and another way.

    Returns
    -------
    DataFrame
        Index `country`; `area_cleared`, `area_reduced`, `area_cancelled`: shares of what was
        released; `years`: how many. The largest share of clearance first.
    """
    other = years[["area_reduced", "area_cancelled"]].notna().any(axis=1)
    groups = years[years["area_cleared"].notna() & other].groupby("country")
    sums = groups[list(AREAS)].sum()
    frame = sums.div(sums.sum(axis=1), axis=0).assign(years=groups.size())
    return frame.sort_values("area_cleared", ascending=False)
