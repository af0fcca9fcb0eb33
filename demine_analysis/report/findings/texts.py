"""Standing text of the reports: headings, captions, what to see, how to read, the method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demine_analysis.wording.language import marked
from demine_analysis.wording.language import translate as _

from .common import scope as scope_in_words
from .estimates import unlike

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from demine_analysis.scope import Scope

_HEADINGS = {
    "value": marked("Area (ha)"),
    "contaminated_area": marked("Contaminated area (ha)"),
    "completion": marked("Cleared in"),
    "district": marked("District"),
    "model": marked("Method"),
    "horizon_group": marked("Looking ahead"),
    "forecasts": marked("Forecasts"),
    "origin_year": marked("Forecast in"),
    "figures": marked("Figures"),
    "relative_wis": marked("Score"),
    "covered_50": marked("In 50% interval"),
    "covered_80": marked("In 80% interval"),
    "covered_95": marked("In 95% interval"),
    "half": marked("As likely as not by"),
    "weight": marked("Weight"),
    "country": marked("Country"),
    "cleared": marked("Cleared (km²)"),
    "reduced": marked("Reduced (km²)"),
    "cancelled": marked("Cancelled (km²)"),
    "mines": marked("Mines"),
    "limits": marked("What is to be known"),
    "pace": marked("Pace (km² a year)"),
    "remaining_area": marked("Left to release (km²)"),
    "years_left": marked("Years left (80% interval)"),
    "interval_80": marked("80% interval"),
    "interval_95": marked("Expected (95% interval)"),
    "land_use": marked("Land use"),
    "not_done": marked("Not within 30 years"),
    "period": marked("Month or year"),
    "before": marked("Before"),
    "after": marked("Now"),
    "shift": marked("Change"),
    "publisher": marked("Publisher"),
    "operator": marked("Whose work"),
    "days": marked("Days counted"),
    "anti_personnel_mines": marked("Anti-personnel mines"),
    "anti_vehicle_mines": marked("Anti-vehicle mines"),
    "unexploded_ordnance": marked("Unexploded ordnance"),
    "period_end": marked("Up to"),
    "period_start": marked("From"),
    "part": marked("Part of the work"),
    "whole": marked("All work, same page"),
    "plan": marked("Plan"),
    "printed": marked("Printed"),
    "all_say": marked("All figures together (80% interval)"),
    "published": marked("Published"),
    "qualifier": marked("Printed as"),
    "quarter": marked("Quarter"),
    "rate": marked("Pace (ha a day)"),
    "reason": marked("Why"),
    "reconciled": marked("Reconciled (median)"),
    "projected": marked("Projected (median)"),
    "remaining": marked("Left to clear (ha)"),
    "source": marked("Source"),
    "statement": marked("Statement"),
    "statement_id": marked("Statement"),
    "came_to": marked("Came to, or is projected (80% interval)"),
    "verdict": marked("Verdict"),
    "change": marked("This year against it (80% interval)"),
    "faster": marked("Probability that this year is faster"),
    "year": marked("Year"),
}


def report_title(name: str, chosen: Scope, summed: Sequence[str] = ()) -> str:
    """Return a report's title with its scope as `scope` returns it, as for a citation."""
    titles = {
        "trend": _("Trend of mine clearance"),
        "clearance-rate": _("Mine clearance rate"),
        "projection": _("Projection of mine clearance"),
        "explore": _("Published clearance figures"),
    }
    return f"{titles[name]}: {scope_in_words(chosen, summed)}"


def headings(*names: str) -> dict[str, str]:
    """Return columns of a table with their headings, in order."""
    return {name: _(_HEADINGS[name]) for name in names}


def caption(name: str, *, unit: str) -> str:
    """Return the caption of a table."""
    captions = {
        "annual": _("By year, {unit}, reconciled and as published"),
        "moved": _("Estimates that moved most, {unit}"),
        "newest": _("The newest notice, and the year where its total is printed, {unit}"),
        "new_pages": _("Pages with new figures, and how many"),
        "announced": _("Announced plans, {unit}"),
        "breakdowns": _("Parts of the work as published for other days than whole years, {unit}"),
        "completion": _("When each estimate would be cleared"),
        "country_years": _("By country and year, one page each"),
        "withheld": _("Why years left are not given"),
        "kinds": _("Found by year as published, {unit}"),
        "limits": _("What a country's figures count differently, and in which years"),
        "paces": _("Pace, what remains and years left, by country"),
        "coverage": _("How often the intervals held what was published later"),
        "coverage_by_origin": _("The same by the year in which it was forecast"),
        "projected": _(
            "Projected by year, {unit}; a year that has begun counts its past days as well"
        ),
        "same_days": _("The same days of each year, {unit} a day"),
        "set_aside": _("Figures that the others contradict, {unit}"),
        "statements": _("Published figures of this selection, {unit}"),
        "statements_beside": _("Published figures of the selection beside it, {unit}"),
        "statements_behind": _("Published figures behind the value clicked, {unit}"),
        "weekly_notices": _("The last weekly notices, {unit} and items"),
        "straight_line": _(
            "Completion at the mean pace of the published weeks, at most of the last 52"
        ),
    }
    return captions[name].format(unit=_(unit))


def title(name: str) -> str:
    """Return what a figure shows, where that is no finding."""
    return {
        "running_total": _("The total so far, estimated from all figures, and as published"),
        "weekly_rate": _("The pace week by week, and its rolling mean"),
        "fan": _("How the total would go on"),
        "released_by_year": _("Land released by country and year"),
    }[name]


def see(
    name: str,
    notices: pd.DataFrame | None = None,
    *,
    estimated: pd.DataFrame | None = None,
    printed: pd.DataFrame | None = None,
) -> str:
    """Return what to look at in a figure.

    Parameters
    ----------
    name : str
        Of the figure.
    notices : DataFrame, optional
        Published notices drawn beside the series, with `operator`: what marks mean is said only
        where there are such marks.
    estimated : DataFrame, optional
        The series drawn; where it is empty the figure shows what was published alone.
    printed : DataFrame, optional
        Published totals of years drawn beside an annual series: those far from it are named.
    """
    if estimated is not None and estimated.empty:
        return _("Published figures alone: there is no series.")
    said = (_see_work() | _see_pace() | _see_ahead() | _see_countries())[name]
    if estimated is not None and printed is not None:
        said = f"{said} {unlike(estimated, printed)}".rstrip()
    if notices is None or notices.empty:
        return said
    said += " " + _("Single marks are published notices.")
    if notices["operator"].eq("unstated").any():
        said += " " + _(
            "Those that do not say whose work they count often count part of it, and lie below."
        )
    if "set_aside" in notices and notices["set_aside"].any():
        said += " " + _("Crosses contradict the others.")
    return said


def _see_work() -> dict[str, str]:
    """Return it for the figures of what was done, where, and at whose cost."""
    return {
        "running_total": _(
            "The line is the reconciled total, the bands show how sure it is. Diamonds are "
            "published totals; crosses count one operator, do not say whose work they count, or "
            "contradict the others."
        ),
        "annual": _(
            "Points are reconciled totals with 80% (thick) and 95% (thin) intervals, which show "
            "where they are wider than the point; bars are the published ones. The first and the "
            "last year count only the days that figures cover."
        ),
        "monthly": _("The line and its bands are reconciled months."),
        "ordnance": _("Published counts of whole years; no year is estimated."),
        "items_per_hectare": _(
            "Published items divided by the published area of the same year and operators. More "
            "items a hectare can mean denser contamination or a different way of counting."
        ),
        "districts": _("Published areas of the latest year that has any."),
        "district_tiles": _(
            "Each tile lies about where the district does; the darker, the more was cleared. A "
            "dash: nothing published for that year."
        ),
        "land_use": _("Published areas of the latest year that has any."),
        "victims": _(
            "Totals as stated by authorities; steps are dates of statements, not of incidents. "
            "Crosses do not fit between earlier and later statements."
        ),
        "victims_by_quarter": _(
            "Spread over the quarters from the totals stated; the intervals come from not knowing "
            "the days between two statements. The last quarter ends with the last statement."
        ),
    }


def _see_countries() -> dict[str, str]:
    """Return it for the figures of countries side by side."""
    return {
        "released_by_year": _(
            "Four sizes of marks: less than 1 km², less than 10, less than 100, and more. Circles "
            "are cleared land with what was reduced or cancelled, squares one part alone; hollow "
            "marks count a part of the year, the country or the work, or other land as well. No "
            "mark: nothing printed for that year."
        ),
        "pace_against_remaining": _(
            "On the dotted lines what remains would take 1, 10 or 100 years at the pace. Of a "
            "hollow mark the pace counts old years, or other land than what remains."
        ),
        "years_left": _(
            "Points are what remains over the mean pace, lines the 80% interval from drawing the "
            "years anew. It leaves out that what remains is itself uncertain. Each step of the "
            "scale is tenfold."
        ),
        "mine_density": _(
            "Circles are all mines over all area of the years printed, strokes single years. "
            "Each step of the scale is tenfold. Where land is cleared to make sure that it has no "
            "mines, few are found."
        ),
        "release_shares": _(
            "Only years of which one page prints the cleared land and another part of the land "
            "released. A part that this page does not print counts as nothing."
        ),
    }


def _see_pace() -> dict[str, str]:
    """Return it for the figures of how fast."""
    return {
        "year": _("Lines are reconciled totals since January; the marks stand at the year's end."),
        "weekly_rate": _(
            "The line is the reconciled pace of each week, with bands of 50, 80 and 95% "
            "probability; the dashed line is its rolling mean."
        ),
        "season": _(
            "1 is the mean pace of a year; the season is taken to be the same in every year."
        ),
        "years": _("Rolling means; the thick line is the latest year with its 80% band."),
        "quarters": _("Pace of whole quarters; the lines show how sure it is."),
        "changes": _(
            "Dashed lines are dates at which the pace changed for good, the shading shows how sure "
            "they are, the number is the new pace over the old."
        ),
        "coverage": _("Each box is a week; grey weeks rest on longer totals alone."),
        "operators": _("Published areas of the latest year that has any."),
    }


def _see_ahead() -> dict[str, str]:
    """Return it for the figures of what is to come, and of how sure all that is."""
    return {
        "straight_line": _(
            "A straight line has no season, no growth and no uncertainty; it is the baseline "
            "that a projection has to beat. It goes on from the last published total at the mean "
            "of the published weekly notices, which may leave part of the work out."
        ),
        "fan": _("The bands show how sure it is, if the way the pace changes stays as it was."),
        "plans": _(
            "Diamonds are plans, points what was reached or is projected. Plans announced when "
            "their time was over, and those of a few days' work, are counted neither as met nor as "
            "missed. Plans out of reach, or for a part of the country, are in the table alone."
        ),
        "completion": _(
            "Each curve takes one published estimate of the contaminated area, and none is known "
            "to be right. Where there are several, the mixture takes each by its weight. All are "
            "for the country: when one district or village is done, no published figure tells."
        ),
        "required": _("Where the points lie above the dashed line, today's pace is not enough."),
        "scoreboard": _(
            "The score (lower is better) rewards forecasts that are close and punishes those that "
            "are too sure. Each used only what had been published by its day."
        ),
    }


def none_set_aside(fitted: pd.DataFrame) -> str:
    """Return that no figure was set aside, as from `Series.fitted`: there may be no series."""
    if fitted.empty:
        return _("Without a series no figure is set aside; the data audit lists what looks wrong.")
    return _("No figure was set aside.")
