"""Sentences on countries side by side, and on what cannot be compared."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis.datasets import descriptor, locate
from demine_analysis.published.countries import ENOUGH, LEAST
from demine_analysis.published.limits import LIMITS
from demine_analysis.published.remaining import REASONS, UNTOLD, country_remaining
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _
from demine_analysis.wording.language import translate_count

from .headlines import Fact

#: Countries named of those that are not compared.
_MISSED = 4

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping


def countries_scope(annual: pd.DataFrame, since: int) -> str:
    """Return what the comparison is about: how many countries, and from which year on."""
    n = annual["iso"].nunique()
    said = translate_count("Land release, {n} country, from {year} on",
                           "Land release, {n} countries, from {year} on", n)  # fmt: skip
    return said.format(n=n, year=formats.year(since))


def country_data(name: str, rows: pd.DataFrame) -> str:
    """Return which dataset a comparison rests on, and how large it is."""
    return _("{dataset}: {n} rows from {pages} pages").format(
        dataset=_(descriptor.title(locate.dataset_folder(name))),
        n=formats.number(len(rows)),
        pages=formats.number(rows["url"].nunique()),
    )


def country_facts(annual: pd.DataFrame, pace: pd.DataFrame, density: pd.DataFrame) -> list[Fact]:
    """Return the headline figures of the comparison; what is not known is left out."""
    whole = annual[annual["counts"].eq("whole")]
    counted = Fact(
        formats.number(len(whole)), _("whole years of countries, each from one page"), ""
    )
    left = pace.dropna(subset="years_left")
    given = Fact(
        formats.number(len(left)),
        _("countries whose years left can be told"),
        _("of {n} compared").format(n=formats.number(len(pace))),
    )
    return [counted, given, _most_mines(density)] if len(annual) else []


def _most_mines(density: pd.DataFrame) -> Fact:
    large = density[density["area"].ge(LEAST)]
    if large.empty:
        return Fact("", "", "")
    top = large.iloc[-1].to_dict()
    where = f"{_country(top)}, {_spans(top['years'])}"
    return Fact(formats.number(top["pooled"], step=1), _("mines per km², the most"), where)


def countries_chosen(rows: pd.DataFrame, annual: pd.DataFrame, names: str, since: int) -> str:
    """Return how the countries of a comparison were chosen, and which large ones are not there.

    Parameters
    ----------
    rows : DataFrame
        As from `load_country_years`.
    annual : DataFrame
        As from `published.country_annual`, of the countries compared.
    names : str
        What was asked for; empty for those with enough whole years.
    since : int
        First year.
    """
    if names.strip():
        return _("The countries were chosen by name.")
    said = _(
        "Compared are the countries of which cleared area is printed for at least three whole "
        "years from {year} on."
    ).format(year=formats.year(since))
    others = rows[~rows["iso"].isin(annual["iso"])]
    left = country_remaining(others, since=since).sort_values("remaining", ascending=False)
    if left.empty:
        return said
    listed = ", ".join(_country(row) for row in left.head(_MISSED).to_dict("records"))
    missed = _("Other countries have fewer; most land is left in {countries}.")
    return f"{said} {missed.format(countries=listed)}"


def not_drawn(pace: pd.DataFrame) -> str:
    """Return which countries' paces do not stand against what remains, and why."""
    words = {
        "old_remaining": _("Not drawn, as what remains is old: {countries}."),
        "contradiction": _(
            "Not drawn, as two figures of what remains contradict each other: {countries}."
        ),
    }
    rest, said = pace.dropna(subset=["pace", "remaining"]), []
    for code in UNTOLD:
        has = rest["reasons"].str.split(";").map(lambda codes, code=code: code in codes)
        named = ", ".join(_country(row) for row in rest[has.astype(bool)].to_dict("records"))
        said += [words[code].format(countries=named)] if named else []
        rest = rest[~has.astype(bool)]
    return " ".join(said)


def most_released(annual: pd.DataFrame) -> str:
    """Return which country released, or at least cleared, most in a year."""
    whole = annual[annual["counts"].eq("whole")]
    area = whole["released"].fillna(whole["cleared"]).dropna()
    if area.empty:
        return _("No whole year of cleared or released land is printed.")
    top = whole.loc[area.sort_values(kind="stable").index[-1]].to_dict()
    # Where a page prints no other part, what was cleared is the least that was released.
    said = (
        _("{country} cleared the most land in one year: {area} km² in {year}.")
        if pd.isna(top["released"])
        else _("{country} released the most land in one year: {area} km² in {year}.")
    )
    return said.format(
        area=formats.printed(area.max()), country=_country(top), year=formats.year(top["year"])
    )  # fmt: skip


def pace_and_remaining(pace: pd.DataFrame) -> str:
    """Return how many countries have a pace and what remains, and of how many both can be used."""
    both = pace.dropna(subset=["pace", "remaining"])
    if both.empty:
        return _("No country compared has both a pace and a figure of what remains.")
    said = translate_count(
        "{n} country has a pace and a figure of what remains; for {k} both are recent and agree.",
        "{n} countries have both a pace and a figure of what remains; for {k} of them the two are "
        "recent and go together.",
        len(both),
    )  # fmt: skip
    return said.format(n=len(both), k=int(both["reasons"].eq("").sum()))


def years_left(pace: pd.DataFrame) -> str:
    """Return the years left at today's pace, of one country or from the fewest to the most."""
    left = pace.dropna(subset="years_left").sort_values("years_left")
    if left.empty:
        return _("Years left can be given for no country; why stands with the figure.")
    first, last = (left.iloc[place].to_dict() for place in (0, -1))
    known = {"country": _country(first), "years": _years(first)}
    if len(left) == 1:
        return _("At today's pace {country} has {years} years left.").format(**known)
    said = _("At today's pace {country} has {years} years left, {other} {more}.")
    return said.format(**known, other=_country(last), more=_years(last))


def years_left_withheld(pace: pd.DataFrame) -> pd.DataFrame:
    """Return, for each country without years left, why there are none: `country`, `reason`."""
    rows = pace[pace["years_left"].isna()].to_dict("records")
    reasons = ["; ".join(_reason(code, row) for code in row["reasons"].split(";")) for row in rows]
    return pd.DataFrame({"country": [_country(row) for row in rows], "reason": reasons})


def mine_density(density: pd.DataFrame) -> str:
    """Return the fewest and the most mines found per km² cleared."""
    if density.empty:
        return _("No page prints mines and cleared area of the same whole year.")
    large = density[density["area"].ge(LEAST)]
    if large.empty:
        return _("No country has mines and cleared area printed of a square kilometre or more.")
    first, last = large.iloc[0].to_dict(), large.iloc[-1].to_dict()
    if first["iso"] == last["iso"]:
        return _("Mines found per km² cleared: {first}.").format(first=_dense(first))
    return _("Mines per km², on 1 km² or more: from {first} to {last}.").format(
        first=_dense(first), last=_dense(last)
    )


def release_shares(shares: pd.DataFrame) -> str:
    """Return in which countries the least and the most of the land released was cleared."""
    if shares.empty:
        return _("No whole year with cleared and another part of the land released is printed.")
    large = shares[shares["released"].ge(LEAST) & shares["n_years"].ge(ENOUGH)]
    if large.empty:
        return _("Of no country the parts of the land released in three whole years are printed.")
    first, last = large.iloc[0].to_dict(), large.iloc[-1].to_dict()
    if len(large) == 1:
        return _("Of the land released, this share was cleared: {first}.").format(
            first=_share(first)
        )
    return _("Of land released in three years printed, {first} to {last} was cleared.").format(
        first=_share(first), last=_share(last)
    )


def not_comparable(limits: pd.DataFrame) -> pd.DataFrame:
    """Return, for each country, what its figures count otherwise and when: `country`, `limits`."""
    lines = []
    for _iso, rows in limits.groupby("iso", sort=False):
        said = [
            f"{_(LIMITS[code].words)} ({years})"
            for code, years in zip(rows["limit"], rows["years"], strict=True)
        ]
        lines.append((_country(rows.iloc[0].to_dict()), "; ".join(said)))
    return pd.DataFrame(lines, columns=["country", "limits"])


def countries_heard(frame: pd.DataFrame, column: str, unit: str) -> str:
    """Return a value of each row of a short frame, for those who cannot see the figure."""
    rows = frame.dropna(subset=column).to_dict("records")
    named = [
        f"{_country(row)}{' ' + str(row['year']) if 'year' in row else ''}: "
        f"{formats.percent(row[column]) if unit == '%' else formats.number(row[column])}"
        for row in rows
    ]
    if not named:
        return ""
    return f"{'; '.join(named)}." if unit == "%" else f"{'; '.join(named)} ({_(unit)})."


def how_to_compare(now: int) -> list[str]:
    """Return what holds for all countries of a comparison."""
    return [
        _("Each year of a country comes from one page: the one that counts the whole, else the "
          "one with most parts, else the latest. Figures of different pages are never added."),
        _("Land released is cleared, reduced and cancelled land together. Cancelled land was never "
          "mined, or not known to be: countries with large suspected areas release much at little "
          "cost, and their pace stands for another kind of work."),
        _("What remains is confirmed area in some countries, suspected area or an estimate in "
          "others; surveys raise it as well as lower it, which no pace shows."),
        _("The pace is the mean of those of a country's last five years that are printed, or, "
          "where these are fewer than three, of the last three printed in ten years. It counts "
          "all land released where three of the years are printed so, else cleared land."),
        _("The spread of the years left comes from drawing the years of the pace anew, with "
          "replacement (a bootstrap). It knows how the years differ, and nothing of what remains; "
          "with three to five years it is rather too narrow."),
        _("Figures from before {year} are old: more than five years before the latest page. Years "
          "left are told only where none is old."
          ).format(year=formats.year(now - 5)),
        _("Headlines name only countries with a square kilometre, for shares with three years."),
    ]  # fmt: skip


def comparison_title(annual: pd.DataFrame, since: int) -> str:
    """Return the title of a comparison, as for a citation."""
    return _("Countries side by side: {scope}").format(scope=countries_scope(annual, since))


def _country(row: Mapping[Hashable, Any]) -> str:
    return formats.country_name(row["iso"], row["country"])


def _years(row: Mapping[Hashable, Any]) -> str:
    return formats.years_left(row["years_left"], row["lower_80"], row["upper_80"])


def _dense(row: Mapping[Hashable, Any]) -> str:
    return f"{formats.number(row['pooled'], step=1)} ({_country(row)}, {_spans(row['years'])})"


def _share(row: Mapping[Hashable, Any]) -> str:
    return f"{formats.percent(row['cleared'])} ({_country(row)}, {_spans(row['years'])})"


def _spans(years: str) -> str:
    """Return years in a row by the first and the last of them: 2016, 2022–2025."""
    runs = groupby(enumerate(map(int, years.split(", "))), key=lambda each: each[1] - each[0])
    ends = [[year for _, year in run] for _, run in runs]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends)


def _reason(code: str, row: Mapping[Hashable, Any]) -> str:
    """Return a reason, with the year or the figures that it is about."""
    said = _(REASONS[code])
    if code == "old_pace":
        return f"{said} ({int(row['first_year'])})"
    if code == "old_remaining":
        return f"{said} ({int(row['remaining_year'])})"
    if code == "contradiction":
        both = (formats.printed(row[name]) for name in ("remaining", "other"))
        unit = _("km²")
        return f"{said} ({' / '.join(both)} {unit})"
    return said
