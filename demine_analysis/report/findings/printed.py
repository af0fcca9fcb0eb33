"""Sentences from published figures alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.vocabulary import METRICS, PLACES, label
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _
from demine_analysis.wording.language import translate_count, translate_names

from .common import (
    as_reference,
    missing,
    no_estimate,
    sentence_case,
    single_operators_only,
    unit,
    year_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demine_analysis.vocabulary import Code

#: A published figure without interval is said to be as large as another within this share.
_STEADY = 0.01


def annual_change(frame: pd.DataFrame, metric: str) -> str:
    """Return how the last published year compares with the one before.

    Parameters
    ----------
    frame : DataFrame
        As from `published.annual`. Years of which only one operator is known are passed over.
    metric : str
        What is counted.
    """
    whole = frame[frame["operator"].isin(["all", "unstated"])] if "operator" in frame else frame
    if whole.empty:
        return single_operators_only() if len(frame) else missing(_("total for a whole year"))
    last = whole.iloc[-1]
    said = _("In {year}, {total} {unit} were published").format(
        year=year_of(whole.index[-1]), total=formats.number(last["value"]), unit=unit(metric)
    )
    before = whole[whole.index == whole.index[-1] - pd.DateOffset(years=1)]
    if before.empty or before["value"].iloc[0] == 0:
        return said + "."
    change = last["value"] / before["value"].iloc[0] - 1
    return f"{said}, {_compared(change, as_reference(before.index[-1].year))}."


def running_total(frame: pd.DataFrame, metric: str) -> str:
    """Return the last published running total that stands, and how many were set aside."""
    used = frame[~frame["set_aside"]]
    if used.empty:
        return missing(_("running total of all the work"))
    said = _("{total} {unit} since {first}, as published for {day}").format(
        first=formats.date(used["printed_start"].iloc[-1]),
        total=formats.printed(used["value"].iloc[-1]),
        unit=unit(metric),
        day=formats.date(used.index[-1]),
    )
    aside = int(frame["set_aside"].sum())
    note = translate_count(
        "{n} other total counts less than all the work or contradicts the rest",
        "{n} other totals count less than all the work or contradict the rest",
        aside,
    )
    return f"{said}; {note.format(n=aside)}." if aside else f"{said}."


def ordnance(frame: pd.DataFrame) -> str:
    """Return which kind of ordnance was found most in the last year."""
    if frame.empty:
        return missing(_("count of explosive ordnance for a whole year"))
    year = frame[frame.index == frame.index.max()].sort_values("value")
    top = year.iloc[-1]
    kind = METRICS[top["kind"]].label
    return _("In {year}, {share} of the items found were {kind} ({n} of {all}).").format(
        year=year_of(year.index[0]),
        share=formats.percent(top["value"] / year["value"].sum()),
        kind=_(kind),
        n=formats.number(top["value"]),
        all=formats.number(year["value"].sum()),
    )


def items_per_hectare(frame: pd.DataFrame) -> str:
    """Return how many mines a hectare the first and the last year gave."""
    mines = frame[frame["kind"].isin(["anti_personnel_mines", "anti_vehicle_mines"])]
    rates = mines.groupby(level=0)["value"].sum()
    if rates.empty:
        return missing(_("year with both items and area"))
    said = _("{rate} mines a hectare were found in {year}").format(
        rate=formats.number(rates.iloc[-1]), year=year_of(rates.index[-1])
    )
    if len(rates) == 1:
        return said + "."
    before = _("{rate} in {year}").format(
        rate=formats.number(rates.iloc[0]), year=year_of(rates.index[0])
    )
    return f"{said}; {before}."


def largest_part(frame: pd.DataFrame, column: str, names: Mapping[str, Code]) -> str:
    """Return the largest part of the last year's area, for instance the first district."""
    if frame.empty:
        return missing(_("breakdown of a whole year"))
    year = frame[frame.index == frame.index.max()].sort_values("value")
    top = year.iloc[-1]
    return _(
        "{part} has the largest part of {year}: {total} ha, {share} of all parts published."
    ).format(
        part=sentence_case(translate_names(label(top[column], {**PLACES, **names}))),
        year=year_of(year.index[0]),
        total=formats.number(top["value"]),
        share=formats.percent(top["value"] / year["value"].sum()),
    )


def on_map(frame: pd.DataFrame) -> str:
    """Return in how many districts clearance was published for the last year."""
    if frame.empty:
        return missing(_("area of a district for a whole year"))
    year = frame[frame.index == frame.index.max()]
    return translate_count(
        "Cleared areas were published for {n} district in {year}.",
        "Cleared areas were published for {n} districts in {year}.",
        len(year),
    ).format(n=len(year), year=year_of(year.index[0]))


def victims(frame: pd.DataFrame) -> str:
    """Return the last stated number of mine victims, and of those killed."""
    used = frame[~frame["set_aside"]]
    if used.empty:
        return missing(_("number of mine victims"))
    said = _("{n} people were killed or injured by mines from {first} to {day}").format(
        first=formats.date(used["since"].iloc[-1]),
        n=formats.number(used["total"].iloc[-1]),
        day=formats.date(used.index[-1]),
    )
    killed = used["killed"].dropna()
    if killed.empty:
        return said + "."
    dead = _("{n} killed, as stated for {day}").format(
        n=formats.number(killed.iloc[-1]), day=formats.date(killed.index[-1])
    )
    return f"{said} ({dead})."


def straight_line(frame: pd.DataFrame) -> str:
    """Return between which years clearance would end at one steady pace."""
    if frame.empty:
        return no_estimate()
    first, last = frame["completion"].min(), frame["completion"].max()
    rate = formats.number(frame["rate"].iloc[0])
    if first.year == last.year:
        return _("At {rate} ha a day clearance would end in {year}.").format(
            rate=rate, year=year_of(first)
        )
    return _(
        "At {rate} ha a day clearance would end between {first} and {last}, "
        "depending on the contamination estimate."
    ).format(rate=rate, first=year_of(first), last=year_of(last))


def completions(frame: pd.DataFrame) -> str:
    """Return the year of completion for each estimate, for those who cannot see the figure."""
    parts = [
        _("{area} ha cleared in {year}").format(area=formats.number(area), year=year_of(day))
        for area, day in zip(frame["contaminated_area"], frame["completion"], strict=True)
    ]
    return "; ".join(parts) + "." if parts else ""


def pace(frame: pd.DataFrame, published: pd.DataFrame | None = None) -> str:
    """Return the mean of the last published daily rates against the same time a year before.

    Parameters
    ----------
    frame : DataFrame
        As from `published.daily_rate`, of one scope: two operators' weeks are no pace of both.
    published : DataFrame, optional
        All published rates, those of single operators among them.
    """
    if frame.empty:
        if published is not None and len(published):
            return single_operators_only()
        return missing(_("week"))
    until = frame.index[-1]
    recent = frame[frame.index > until - pd.DateOffset(weeks=12)]["value"]
    year_ago = until - pd.DateOffset(weeks=52)
    earlier = frame[(frame.index > year_ago - pd.DateOffset(weeks=12)) & (frame.index <= year_ago)]
    said = _("{rate} a day in the {n} weeks published up to {day}").format(
        rate=formats.number(recent.median()), n=len(recent), day=formats.date(until)
    )
    if earlier.empty or earlier["value"].median() == 0:
        return said + "."
    change = recent.median() / earlier["value"].median() - 1
    compared = _compared(change, _("a year before"))
    return f"{said}, {compared}."


def _compared(change: float, before: str) -> str:
    if abs(change) < _STEADY:
        return _("about as many as {before}").format(before=before)
    words = _("{percent} more than {before}") if change > 0 else _("{percent} less than {before}")
    return words.format(percent=formats.percent(abs(change)), before=before)
