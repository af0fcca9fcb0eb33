"""Sentences about what lies ahead: the fan, completion, and the pace that a target needs."""

from __future__ import annotations

import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _
from demine_analysis.wording.language import translate_count

from .common import missing, no_estimate

_SAFE = 0.8
_EVEN = 0.5


def completion(frame: pd.DataFrame) -> str:
    """Return when clearance would be complete, as from `Outlook.done`."""
    if frame.empty:
        return no_estimate()
    mixed = frame[frame.columns[-1]]
    likely, safe = mixed[mixed >= _EVEN], mixed[mixed >= _SAFE]
    if likely.empty:
        return _(
            "Clearance is not likely to be complete by the end of {year}: the chance is {share}."
        ).format(year=_last_year(mixed), share=formats.probability(mixed.iloc[-1]))
    if safe.empty:
        return _("The chance that clearance is complete is even by the end of {year}.").format(
            year=_first_year(likely)
        )
    return _(
        "The chance that clearance is complete is even by the end of {year}, and four in five by "
        "the end of {later}."
    ).format(year=_first_year(likely), later=_first_year(safe))


def completion_listing(frame: pd.DataFrame) -> str:
    """Return the probabilities of completion by estimate, for those who cannot see the curves."""
    parts = []
    for name in frame.columns:
        area = (
            _("mixture")
            if isinstance(name, str)
            else _("{n} ha").format(n=formats.number(float(name)))
        )
        for year in pd.DatetimeIndex(frame.index)[9::10]:
            share = formats.probability(float(frame[name][frame.index == year].iloc[0]))
            parts.append(
                _("{area} by {year}: {share}").format(
                    area=area, year=formats.year(year.year), share=share
                )
            )
    return "; ".join(parts) + "." if parts else ""


def plan_outcomes(frame: pd.DataFrame) -> str:
    """Return how many of the plans were met, as from `Outlook.plans`."""
    if frame.empty:
        return missing(_("plan with dates"))
    if len(frame) == 1:
        return _the_only(str(frame["outcome"].iloc[0]))
    # What was announced when it was over, or takes no time, could hardly be missed.
    real = frame[~frame["flag"].isin(["no plan", "trivial"])]
    counts = real["outcome"].value_counts()
    met, missed = int(counts.get("met", 0)), int(counts.get("missed", 0))
    if not met + missed:
        return _("The outcome of none of {n} plans is known yet.").format(n=len(frame))
    return translate_count(
        "Of {n} plan whose outcome is known, {met} was met.",
        "Of {n} plans whose outcome is known, {met} were met.",
        met + missed,
    ).format(n=met + missed, met=met)


def _the_only(outcome: str) -> str:
    words = {
        "met": _("The only plan was met."),
        "missed": _("The only plan was missed."),
        "open": _("The only plan is open."),
    }
    return words.get(outcome, _("The outcome of the only plan is not published."))


def plan_listing(frame: pd.DataFrame) -> str:
    """Return each plan drawn with its outcome, for those who cannot see the figure."""
    parts = [
        _("{plan}: planned {planned}, came to {total}").format(
            plan=name,
            planned=formats.printed(row["planned"]),
            total=formats.estimate(row["median"], row["lower_80"], row["upper_80"]),
        )
        for name, row in zip(frame.index, frame.to_dict("records"), strict=True)
    ]
    return "; ".join(parts) + "." if parts else ""


def required_rate(frame: pd.DataFrame, today: pd.DataFrame) -> str:
    """Return from which target year on today's pace would be enough.

    Parameters
    ----------
    frame : DataFrame
        As from `Outlook.required_rate`.
    today : DataFrame
        Interval frame whose last row is the present pace, in ha a day.
    """
    if frame.empty or today.empty:
        return no_estimate()
    enough = frame[frame["median"] <= today["median"].iloc[-1]]
    if enough.empty:
        return _("Today's pace is not enough for any year up to {year}.").format(
            year=formats.year(frame.index[-1])
        )
    return _("Today's pace is enough from {year} on, not before.").format(
        year=formats.year(enough.index[0])
    )


def _first_year(shares: pd.Series) -> str:
    return formats.year(pd.DatetimeIndex(shares.index)[0].year)


def _last_year(shares: pd.Series) -> str:
    return formats.year(pd.DatetimeIndex(shares.index)[-1].year)
