"""Sentences about countries side by side."""

from __future__ import annotations

import pandas as pd

from demine_analysis.published.countries import NO_PACE, NO_REMAINING, TOO_OLD
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

from .common import missing

_MANY = 10


def scope(years: pd.DataFrame) -> str:
    """Return which countries and years are compared, as from `published.country_years`."""
    if years.empty:
        return missing(_("figure of these countries"))
    when = years.index.get_level_values("year")
    return _("Land release of {n} countries, {first} to {last}, as yearbooks print it").format(
        n=years.index.get_level_values("country").nunique(),
        first=formats.year(int(when.min())),
        last=formats.year(int(when.max())),
    )


def rendered_from(dataset: str, records: pd.DataFrame) -> str:
    """Return which dataset the comparison rests on, and how large it is."""
    return _("dataset {name}: {n} rows from {pages} pages").format(
        name=dataset,
        n=formats.number(len(records)),
        pages=formats.number(records["url"].nunique()),
    )


def title(years: pd.DataFrame) -> str:
    """Return the comparison's title with its scope, as for a citation."""
    return f"{_('Countries side by side')}: {scope(years)}"


def captions() -> dict[str, str]:
    """Return the captions of the tables."""
    return {
        "left": _("Years left at the latest printed pace of clearance"),
        "years": _("What is printed of each country and year, hectares and items"),
    }


def headings(*names: str) -> dict[str, str]:
    """Return columns of the tables with their headings, in order."""
    known = {
        "country": _("Country"),
        "year": _("Year"),
        "area_cleared": _("Cleared"),
        "area_reduced": _("Reduced"),
        "area_cancelled": _("Cancelled"),
        "anti_personnel_mines": _("Anti-personnel mines"),
        "remaining": _("Remaining"),
        "pace": _("Cleared a year"),
        "pace_years": _("Years of that pace"),
        "half": _("Years left (median)"),
        "interval_80": _("80% interval"),
        "source": _("Source"),
    }
    return {name: known[name] for name in names}


def see(name: str) -> str:
    """Return what to look at in a figure."""
    sentences = {
        "released": _("Land cleared, reduced and cancelled together, as far as it is printed, of "
                      "the countries of which most years are. Each step up is ten times as much."),
        "left": _("Points are what remains over the mean clearance of the last five printed years, "
                  "bars the 80% interval from how uneven these years were. Land cancelled by "
                  "survey is not in the pace."),
        "mines": _("Over all the years that print both mines and land cleared."),
        "ways": _("Over the years that print clearance and another way beside it."),
    }  # fmt: skip
    return sentences[name]


def released(years: pd.DataFrame) -> str:
    """Return which country printed the largest year of land released."""
    known = years["released"].dropna()
    if known.empty:
        return missing(_("year of land released"))
    country, year = known.index[int(known.to_numpy().argmax())]
    return _("The most land in one year was released in {country} in {year}: {total} ha.").format(
        country=_(country), year=formats.year(year), total=formats.number(float(known.max()))
    )


def years_left(frame: pd.DataFrame) -> str:
    """Return who would be done first and last at today's pace, as from `published.years_left`."""
    known = frame[frame["median"].notna()]
    if known.empty:
        return missing(_("pace beside what remains"))
    first, last = known.iloc[0], known.iloc[-1]
    said = _("At the latest printed pace {country} would be done in {years} years").format(
        country=_(str(known.index[0])), years=_between(first)
    )
    if len(known) == 1:
        return said + "."
    return _("{first}, {country} in {years}.").format(
        first=said, country=_(str(known.index[-1])), years=_between(last)
    )


def _between(row: pd.Series) -> str:
    return _("{middle} ({lower} to {upper})").format(
        middle=years_long(row["median"]),
        lower=years_long(row["lower_80"]),
        upper=years_long(row["upper_80"]),
    )


def years_long(years: float) -> str:
    """Return a number of years, with a decimal where there are few."""
    return formats.number(years, step=1 if years >= _MANY else 0.1)


def left_out(frame: pd.DataFrame) -> list[str]:
    """Return of which countries no years left are told, and why, a sentence a reason."""
    words = {
        NO_REMAINING: _("What remains is not printed: {countries}."),
        NO_PACE: _("Fewer than three years of land cleared are printed: {countries}."),
        TOO_OLD: _("The latest figures are more than ten years older than others': {countries}."),
    }
    return [
        said.format(countries=", ".join(_(str(each)) for each in frame.index[there]))
        for reason, said in words.items()
        if (there := frame["reason"] == reason).any()
    ]


def mines_per_km2(frame: pd.DataFrame) -> str:
    """Return where most and fewest mines are found a km², as from `published.mines_per_km2`."""
    if frame.empty:
        return missing(_("year with both mines and area"))
    most, fewest = frame.iloc[0], frame.iloc[-1]
    return _(
        "Most mines a km² cleared were found in {most} ({high}), fewest in {fewest} ({low})."
    ).format(
        most=_(str(frame.index[0])),
        high=formats.number(most["value"]),
        fewest=_(str(frame.index[-1])),
        low=formats.number(fewest["value"]),
    )


def ways(frame: pd.DataFrame) -> str:
    """Return how land was released where most and least of it was cleared."""
    if frame.empty:
        return missing(_("year with land reduced or cancelled"))
    return _(
        "Of the land released {high} was cleared in {most}, {low} in {least}; the rest was found "
        "to be free of mines by survey."
    ).format(
        most=_(str(frame.index[0])),
        high=formats.percent(frame["area_cleared"].iloc[0]),
        least=_(str(frame.index[-1])),
        low=formats.percent(frame["area_cleared"].iloc[-1]),
    )


def cannot_be_compared() -> list[str]:
    """Return what these figures do not allow, a sentence an item."""
    return [
        _("Countries count differently: some print land cleared alone, others all land released, "
          "others battle areas beside minefields."),
        _("Of several pages that print a year the latest stands; editions differ, and a country "
          "revises its past."),
        _("What remains is suspected or confirmed land by each country's own rule, and surveys "
          "change it by more than a year's clearance does."),
        _("The spread of the years left comes from how uneven the years of the pace were. It knows "
          "nothing of new contamination, money or new surveys."),
        _("Mines a km² say how dense mines were where land was cleared, not how well it was done."),
    ]  # fmt: skip


def listing(frame: pd.DataFrame, column: str) -> str:
    """Return a column by country in words, for those who cannot see the figure."""
    known = frame[column].dropna()
    return "; ".join(f"{_(str(name))}: {formats.number(value)}" for name, value in known.items())
