"""Frames for tables that set reconciled and published figures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis.vocabulary import LAND_USES, label
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate, translate_names
from demine_analysis.wording.names import operator

from .tables import with_sources

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping


def beside(years: pd.DataFrame, annual: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return reconciled and published annual totals in one frame, a row a year.

    Parameters
    ----------
    years : DataFrame
        As from `Series.annual`; may be empty.
    annual : DataFrame
        As from `published.annual`.
    sources : DataFrame
        As from `load_sources`.

    Returns
    -------
    DataFrame
        `year` (with the last day counted where the year is not over), `reconciled`,
        `interval_80`, `published`, `operator`, `source`, as text and links.
    """
    printed = dict(with_sources(annual, sources).iterrows())
    done = dict(years.iterrows())
    days = years.index.union(annual.index)
    rows = [_reconciled(day, done.get(day)) | _printed(printed.get(day)) for day in days]
    columns = ["year", "reconciled", "interval_80", "published", "operator", "source"]
    return pd.DataFrame(rows, columns=columns)


def estimates(frame: pd.DataFrame, *, name: str = "reconciled") -> pd.DataFrame:
    """Return an annual interval frame as text: `year`, the median as `name`, `interval_80`."""
    rows = [
        {
            "year": str(day.year),
            name: formats.number(median, step=formats.step_of(lower, upper)),
            "interval_80": formats.interval(lower, upper),
        }
        for day, median, lower, upper in zip(
            pd.DatetimeIndex(frame.index),
            frame["median"],
            frame["lower_80"],
            frame["upper_80"],
            strict=True,
        )
    ]
    return pd.DataFrame(rows, columns=["year", name, "interval_80"])


def same_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the paces of the same days of each year, as text.

    Parameters
    ----------
    frame : DataFrame
        As from `Series.same_days`.

    Returns
    -------
    DataFrame
        `year`, `reconciled` (median), `interval_80`, `change`, `faster`; the last year has no
        change against itself.
    """
    if frame.empty:
        return pd.DataFrame(columns=["year", "reconciled", "interval_80", "change", "faster"])
    changes = [
        f"{formats.percent(row['change'], signed=True)} "
        f"({_between(row['change_lower_80'], row['change_upper_80'])})"
        for row in frame.to_dict("records")
    ]
    faster = [formats.probability(share) for share in frame["probability_faster"]]
    shown = estimates(frame).assign(change=changes, faster=faster)
    shown.loc[shown.index[-1], ["change", "faster"]] = "–"
    return shown


def _between(lower: float, upper: float) -> str:
    ends = {"lower": lower, "upper": upper}
    signed = {name: formats.percent(share, signed=True) for name, share in ends.items()}
    return translate("{lower} to {upper}").format(**signed)


def plan_table(plans: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return plans with what became of them, as text.

    Parameters
    ----------
    plans : DataFrame
        As from `Outlook.plans`.
    statements : DataFrame
        As from `load_statements`; they have the page of each plan.

    Returns
    -------
    DataFrame
        `plan` (days and whose), `value`, `came_to`, `verdict` (with the reason of a flag),
        `source_id`.
    """
    pages = statements.set_index("statement_id")["source_id"]
    rows = [
        {
            "plan": _plan_name(plan),
            "value": formats.printed(plan["planned"]),
            "came_to": _came_to(plan),
            "verdict": _verdict(plan),
            "source_id": pages.get(name, ""),
        }
        for name, plan in zip(plans.index, plans.to_dict("records"), strict=True)
    ]
    return pd.DataFrame(rows, columns=["plan", "value", "came_to", "verdict", "source_id"])


def plans_drawn(plans: pd.DataFrame) -> pd.DataFrame:
    """Return the country's plans that can be compared with an outcome, indexed by their names.

    Plans flagged as impossible are left out: one of them would flatten all others.
    """
    whole = (
        plans["district"].eq("all")
        & plans["land_use"].eq("all")
        & plans["operator"].eq("all")
        & plans["median"].notna()
        & plans["flag"].ne("impossible")
    )
    shown = plans[whole]
    names = [_span(plan) for plan in shown.to_dict("records")]
    return shown.set_axis(pd.Index(names, name="plan", dtype=object))


def _plan_name(plan: Mapping[Hashable, Any]) -> str:
    parts = [_span(plan)]
    parts += [translate_names(plan["district"])] * (plan["district"] != "all")
    parts += [translate(label(plan["land_use"], LAND_USES))] * (plan["land_use"] != "all")
    parts += [operator(plan["operator"])] * (plan["operator"] != "all")
    parts += [translate("requested")] * (plan["status"] == "requested")
    return ", ".join(parts)


def _span(plan: Mapping[Hashable, Any]) -> str:
    """Return a plan's days: its year, its years, or the day by which."""
    first, last = plan["period_start"], plan["period_end"]
    if pd.isna(first):
        return translate("by {day}").format(day=formats.date(last))
    year_end = (last.month, last.day) == (12, 31)
    if year_end and (first.month, first.day) == (1, 1):
        return str(last.year) if first.year == last.year else f"{first.year} – {last.year}"
    return f"{formats.date(first)} – {formats.date(last)}"


def _came_to(plan: Mapping[Hashable, Any]) -> str:
    if pd.isna(plan["median"]):
        return "–"
    if plan["basis"] not in {"reconciled", "projected"}:
        return formats.printed(plan["median"])
    return formats.estimate(plan["median"], plan["lower_80"], plan["upper_80"])


def _verdict(plan: Mapping[Hashable, Any]) -> str:
    words = {"met": translate("met"), "missed": translate("missed"),
             "not known": translate("not known")}  # fmt: skip
    chance = translate("open, probability {share}").format(
        share=formats.probability(plan["probability"])
    )
    said = words.get(plan["outcome"], chance)
    if plan["flag"] in {"no plan", "trivial"}:
        said = translate("not counted")
    flags = {"no plan": translate("announced too late"), "impossible": translate("out of reach"),
             "trivial": translate("a few days' work")}  # fmt: skip
    return f"{said}; {flags[plan['flag']]}: {plan['reason']}" if plan["flag"] else said


def completion_dates(dates: pd.DataFrame) -> pd.DataFrame:
    """Return when each estimate would be cleared, as text.

    Parameters
    ----------
    dates : DataFrame
        As from `Outlook.dates`.

    Returns
    -------
    DataFrame
        `contaminated_area`, `weight`, `half` (median), `interval_80`, `not_done`.
    """
    rows = [
        {
            "contaminated_area": _area(row["contaminated_area"]),
            "weight": formats.percent(row["weight"]),
            "half": _month(row["median"]),
            "interval_80": _months(row["lower_80"], row["upper_80"]),
            "not_done": formats.probability(row["not_done"]),
        }
        for row in dates.to_dict("records")
    ]
    return pd.DataFrame(
        rows, columns=["contaminated_area", "weight", "half", "interval_80", "not_done"]
    )


def _area(area: float | str) -> str:
    if isinstance(area, str):
        return translate("all estimates, each with its weight")
    return formats.number(area)


def _months(first: pd.Timestamp, last: pd.Timestamp) -> str:
    return " – ".join(dict.fromkeys([_month(first), _month(last)]))


def _month(day: pd.Timestamp) -> str:
    return translate("later") if pd.isna(day) else formats.month(day)


def suspects(aside: pd.DataFrame, statements: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the figures set aside with what was expected and where they are printed.

    Parameters
    ----------
    aside : DataFrame
        As from `Series.set_aside`.
    statements, sources : DataFrame
        As from `load_statements` and `load_sources`.

    Returns
    -------
    DataFrame
        `statement`, `days`, `printed`, `interval_95`, `source`.
    """
    known = statements.set_index("statement_id")[["source_id", "period_start", "period_end"]]
    found = with_sources(aside.join(known, how="inner"), sources)
    expected = [
        formats.interval(low, high)
        for low, high in zip(found["lower_95"], found["upper_95"], strict=True)
    ]
    return pd.DataFrame(
        {
            "statement": found.index,
            "days": [
                formats.days(first, last)
                for first, last in zip(found["period_start"], found["period_end"], strict=True)
            ],
            "printed": [formats.printed(value) for value in found["printed"]],
            "interval_95": expected,
            "source": found["source"].to_numpy(),
        }
    )


def _reconciled(day: pd.Timestamp, row: pd.Series | None) -> dict[str, object]:
    if row is None:
        return {"year": str(day.year), "reconciled": "–", "interval_80": "–"}
    lower, upper, last = row["lower_80"], row["upper_80"], row["through"]
    over = (last.month, last.day) == (12, 31)
    until = translate("{year}, up to {day}").format(
        year=formats.year(day.year), day=formats.date(last)
    )
    return {
        "year": str(day.year) if over else until,
        "reconciled": formats.number(row["median"], step=formats.step_of(lower, upper)),
        "interval_80": formats.interval(lower, upper),
    }


def _printed(row: pd.Series | None) -> dict[str, object]:
    if row is None:
        return {"published": "–", "operator": "–", "source": "–"}
    return {
        "published": formats.printed(row["value"]),
        "operator": operator(row["operator"]),
        "source": row["source"],
    }
