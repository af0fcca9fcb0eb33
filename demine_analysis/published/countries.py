"""Countries side by side: from the rows of yearbooks to one figure a country and year.

Every row keeps `record_id`, `url`, `publisher` and `published` of the page that it is from. Areas
are in km², as yearbooks print them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.errors import ParameterError
from demine_analysis.vocabulary import did_you_mean, plain

from .limits import counts, limits

if TYPE_CHECKING:
    from collections.abc import Sequence

_HECTARES = 100
#: Whole years that a country must have to be there by default, and for a pace.
ENOUGH = 3
#: Area (km²) from which mines found on it, or its parts, say something of a country.
LEAST = 1.0
AREAS = ("cleared", "reduced", "cancelled")
_PAGE = ["record_id", "url", "publisher", "published"]
_RANK = {"whole": 0, "more": 1, "part": 2}
_COLUMNS = ["iso", "country", "year", *AREAS, "released", "mines", "counts", "limits", *_PAGE]


def country_annual(rows: pd.DataFrame, *, since: int) -> pd.DataFrame:
    """Return one row for each country and year: the page that says most of the whole year.

    Parameters
    ----------
    rows : DataFrame
        As from `load_country_years`; the world and what has no ISO code is left out.
    since : int
        First year.

    Returns
    -------
    DataFrame
        In order of country and year: `iso`, `country`, `year`, `cleared`, `reduced`, `cancelled`
        (km²), `released` (km²; their sum where cleared and another one are printed), `mines`
        (items; anti-personnel and anti-vehicle), `counts` (`whole`, `part` or `more`), `limits`
        (codes, `;`-joined), and its page.

    Notes
    -----
    Of several pages the one that counts the whole is taken, then the one with most parts, then the
    latest. Figures of different pages are never added, nor those of several years.
    """
    whole = rows[rows["iso"].ne("") & rows["first_year"].eq(rows["last_year"])]
    frame = _in_km2(whole[whole["last_year"].ge(since)])
    figures = frame[[*AREAS, "mines"]].notna()
    ranked = frame.assign(rank=frame["counts"].map(_RANK), parts=-figures.sum(axis=1))
    ranked = ranked[figures.any(axis=1)].sort_values(
        ["country", "year", "rank", "parts", "published"],
        ascending=[True, True, True, True, False],
        kind="stable",
        na_position="last",
    )
    return ranked.drop_duplicates(["iso", "year"])[_COLUMNS].reset_index(drop=True)


def _in_km2(rows: pd.DataFrame) -> pd.DataFrame:
    found = [limits(row) for row in rows.to_dict("records")]
    areas = {name: rows[f"area_{name}"] / _HECTARES for name in AREAS}
    other = areas["reduced"].notna() | areas["cancelled"].notna()
    total = areas["cleared"] + areas["reduced"].fillna(0) + areas["cancelled"].fillna(0)
    mines = rows[["anti_personnel_mines", "anti_vehicle_mines"]]
    return rows.assign(
        **areas,
        year=rows["last_year"],
        released=total.where(other),
        mines=mines.sum(axis=1, min_count=1),
        counts=pd.Series([counts(codes) for codes in found], index=rows.index, dtype="str"),
        limits=pd.Series([";".join(codes) for codes in found], index=rows.index, dtype="str"),
    )


def with_enough_years(annual: pd.DataFrame) -> list[str]:
    """Return the countries (ISO codes) of which three whole years of cleared area are printed."""
    whole = annual[annual["counts"].eq("whole") & annual["cleared"].notna()]
    years = whole.groupby("iso")["year"].nunique()
    return sorted(str(iso) for iso in years[years.ge(ENOUGH)].index)


def chosen_countries(rows: pd.DataFrame, names: str, *, since: int) -> list[str]:
    """Return the ISO codes of the countries that a list names.

    Parameters
    ----------
    rows : DataFrame
        As from `load_country_years`.
    names : str
        Names or ISO 3166-1 alpha-3 codes with commas between them; empty: those that have three
        whole years of cleared area since the first year.
    since : int
        First year.

    Raises
    ------
    ParameterError
        If the data have no such country.
    """
    asked = [each.strip() for each in names.split(",") if each.strip()]
    if not asked:
        return with_enough_years(country_annual(rows, since=since))
    known = rows[rows["iso"].ne("")].drop_duplicates("iso")
    codes = dict(zip(map(plain, known["country"]), known["iso"], strict=True))
    codes |= {plain(iso): iso for iso in known["iso"]}
    return list(dict.fromkeys(_code(name, codes, sorted(known["country"])) for name in asked))


def _code(name: str, codes: dict[str, str], countries: Sequence[str]) -> str:
    if plain(name) not in codes:
        raise ParameterError(
            f"countries must be names or ISO codes of the data, one of {', '.join(countries)}; "
            f"got {name!r}{did_you_mean(name, countries)}"
        )
    return codes[plain(name)]


def country_limits(annual: pd.DataFrame) -> pd.DataFrame:
    """Return what each country's figures do and do not count.

    Parameters
    ----------
    annual : DataFrame
        As from `country_annual`, or from `country_remaining` with its `limits` and `year`.

    Returns
    -------
    DataFrame
        `iso`, `country`, `limit` (a code of `LIMITS`), `years` (as text): a row a
        country and limit.
    """
    each = annual.assign(limit=annual["limits"].str.split(";")).explode("limit")
    each = each[each["limit"].fillna("").ne("")]
    grouped = each.groupby(["iso", "country", "limit"], sort=False)["year"]
    found = grouped.agg(listed).rename("years").reset_index()
    return found[["iso", "country", "limit", "years"]]


def country_pages(rows: pd.DataFrame, *shown: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the pages of what is shown, and their rows, as lists of sources take them.

    Parameters
    ----------
    rows : DataFrame
        As from `load_country_years`.
    *shown : DataFrame
        Frames with `record_id`, as from `country_annual` and `country_remaining`.

    Returns
    -------
    pages, used : DataFrame
        `source_id` (the address), `url`, `publisher`, `agency`, `published`, `language`, a row a
        page; `source_id`, a row a record.
    """
    wanted = {each for frame in shown for each in frame["record_id"]}
    used = rows[rows["record_id"].isin(wanted)]
    used = used.assign(source_id=used["url"], agency="")
    columns = ["source_id", "url", "publisher", "agency", "published", "language"]
    return used[columns].drop_duplicates("source_id"), used[["source_id"]]


def listed(years: pd.Series) -> str:
    """Return years as text, each once and in order."""
    return ", ".join(str(year) for year in sorted(set(years)))


def mine_density(annual: pd.DataFrame) -> pd.DataFrame:
    """Return the mines found per km² cleared, by country and year and over all its years.

    Parameters
    ----------
    annual : DataFrame
        As from `country_annual`.

    Returns
    -------
    DataFrame
        `iso`, `country`, `year`, `mines` (items), `cleared` (km²), `density` (items a km²), and
        `pooled`: all mines of the country over all area of the same years; `area`, that area
        (km²), and `years` (as text). Only years of which the same page prints mines and a cleared
        area, and counts the whole.
    """
    whole = annual[annual["counts"].eq("whole") & annual["mines"].notna() & annual["cleared"].gt(0)]
    sums = whole.groupby("iso")[["mines", "cleared"]].transform("sum")
    found = whole.assign(
        density=whole["mines"] / whole["cleared"],
        pooled=sums["mines"] / sums["cleared"],
        area=sums["cleared"],
        years=whole["iso"].map(whole.groupby("iso")["year"].agg(listed)),
    )
    columns = ["iso", "country", "year", "mines", "cleared", "density", "pooled", "area", "years"]
    columns += _PAGE
    return found.sort_values(["pooled", "year"], kind="stable")[columns].reset_index(drop=True)


def release_shares(annual: pd.DataFrame) -> pd.DataFrame:
    """Return how much of the land released was cleared, reduced and cancelled.

    Parameters
    ----------
    annual : DataFrame
        As from `country_annual`.

    Returns
    -------
    DataFrame
        A row a country: `iso`, `country`, `cleared`, `reduced`, `cancelled`, `together` (reduced
        and cancelled, printed as one figure), as shares of `released` (km²), `years` (as text),
        `n_years`.
        Only years of which one page prints cleared and another part, and counts the whole.
    """
    whole = annual[annual["counts"].eq("whole") & annual["released"].gt(0)]
    joined = whole["limits"].str.split(";").map(lambda codes: "together" in codes).astype(bool)
    other = whole["reduced"].fillna(0) + whole["cancelled"].fillna(0)
    parts = whole.assign(
        reduced=whole["reduced"].fillna(0).where(~joined, 0.0),
        cancelled=whole["cancelled"].fillna(0).where(~joined, 0.0),
        together=other.where(joined, 0.0),
    )
    names = [*AREAS, "together", "released"]
    sums = parts.groupby(["iso", "country"])[names].sum().reset_index()
    shares = {name: sums[name] / sums["released"] for name in names[:-1]}
    years = parts.groupby("iso")["year"].agg([listed, "nunique"])
    told = {"years": sums["iso"].map(years["listed"]), "n_years": sums["iso"].map(years["nunique"])}
    found = sums.assign(**shares, **told)
    return found.sort_values("cleared", kind="stable").reset_index(drop=True)
