"""Countries side by side: what each released, how fast, what is left, and what was found."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator
from matplotlib.transforms import Bbox

from demine_analysis.wording import formats
from demine_analysis.wording.language import marked, translate, translate_count

from . import marks, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation
    from matplotlib.transforms import BboxBase

#: Lower ends of the classes of area (km²), and the width in points of a mark of each.
_CLASSES = ((0.0, 2.6), (1.0, 4.6), (10.0, 7.2), (100.0, 10.0))
_LEGEND_SIZE = 7.0
#: Where a name may stand by its mark, in points, and which corner or side of it is there.
_BESIDE = (
    *((5, 2, "left", "bottom"), (5, -2, "left", "top"), (-5, 2, "right", "bottom")),
    *((-5, -2, "right", "top"), (0, 5, "center", "bottom"), (0, -5, "center", "top")),
    *((0, 12, "center", "bottom"), (0, -12, "center", "top")),
)
_LONGEST_LINE = 14
#: Half the width in points of what a mark takes from names.
_MARK = 4.0
_SMALL = 7.5
_YEARS = (1, 10, 100)
_PARTS = {
    "cleared": marked("cleared"),
    "reduced": marked("reduced"),
    "cancelled": marked("cancelled"),
    "together": marked("reduced and cancelled together"),
}


def released_by_year(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a row of marks for each country, one a year, in four sizes of area.

    Parameters
    ----------
    frame : DataFrame
        As from `published.country_annual`.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    at = _rows(ax, frame)
    whole = frame["counts"].eq("whole")
    area = frame["released"].fillna(frame["cleared"]).fillna(frame["cancelled"])
    kinds = [
        (whole & frame["released"].notna(), "o", theme.BLUE, "several parts printed"),
        (whole & frame["released"].isna(), "s", theme.ORANGE, "one part printed"),
        (~whole, "o", "none", "not comparable"),
    ]
    for chosen, marker, fill, label in kinds:
        part = frame[chosen & area.notna()]
        if part.empty:
            continue
        colour = theme.MUTED if fill == "none" else fill
        look = {"marker": marker, "mfc": fill, "color": colour, "linestyle": ""}
        ax.plot([], [], ms=_LEGEND_SIZE, label=translate(label), **look)  # type: ignore[arg-type]  # one mark's look
        for iso, year, value in zip(part["iso"], part["year"], area[part.index], strict=True):
            ax.plot([year], [at[iso]], ms=_size(value), **look)  # type: ignore[arg-type]  # as above
    drawn = frame[area.notna()]
    words = _words(drawn, area[drawn.index], translate("km²"))
    marks.mark(ax, drawn["year"], [at[iso] for iso in drawn["iso"]], words, along="both")
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=1))
    ax.set_xlim(frame["year"].min() - 0.6, frame["year"].max() + 0.6)
    theme.legend(ax, columns=3)
    return ax


#: Labels that are chosen above.
_LABELS = (
    marked("several parts printed"),
    marked("one part printed"),
    marked("not comparable"),
)


def pace_against_remaining(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw each country's pace over what remains, with lines of equal years, both on log scales.

    Parameters
    ----------
    frame : DataFrame
        As from `published.country_pace`; only rows that have both, more than zero.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    given = frame["reasons"].eq("")
    for part, fill, label in (
        (frame[given], theme.BLUE, translate("both recent and for the same land")),
        (frame[~given], "none", translate("old, or not for the same land")),
    ):
        if len(part):
            ax.plot(part["remaining"], part["pace"], "o", mfc=fill, color=theme.BLUE, label=label)
    _log(ax, "x")
    _log(ax, "y")
    pace = translate("km² a year")
    words = _words(frame, frame["pace"], pace)
    marks.mark(ax, frame["remaining"], frame["pace"], words, along="both")
    ax.margins(0.16)
    ax.set_xlabel(translate("left to release, km²"))
    ax.set_ylabel(pace)
    _equal_years(ax)
    _write_names(ax, frame)
    theme.legend(ax)
    return ax


def _write_names(ax: Axes, frame: pd.DataFrame) -> None:
    """Name the marks that have room beside them: those that can be compared, long names first."""
    half = _MARK * ax.figure.dpi / 72
    points = ax.transData.transform(frame[["remaining", "pace"]].to_numpy(float))
    taken = [Bbox.from_extents(x - half, y - half, x + half, y + half) for x, y in points]
    taken += [each.get_window_extent() for each in ax.texts]
    names = [
        formats.country_name(*each) for each in zip(frame["iso"], frame["country"], strict=True)
    ]
    named = frame.assign(
        name=names, late=frame["reasons"].ne(""), short=-pd.Series(names).str.len()
    )
    for row in named.sort_values(["late", "short"], kind="stable").to_dict("records"):
        words = textwrap.fill(row["name"], _LONGEST_LINE)
        at = (row["remaining"], row["pace"])
        label = ax.annotate(words, at, (0, 0), textcoords="offset points", fontsize=_SMALL)
        if not _placed(label, ax.bbox, taken):
            label.remove()


def _placed(label: Annotation, inside: BboxBase, taken: list[Bbox]) -> bool:
    """Move a label to where nothing else stands, and return whether there is such a place."""
    for across, up, side, end in _BESIDE:
        label.xyann = (across, up)
        label.set(ha=side, va=end)
        box = label.get_window_extent()
        if inside.x0 < box.x0 and box.x1 < inside.x1 and not box.count_overlaps(taken):
            taken.append(box)
            return True
    return False


def _equal_years(ax: Axes) -> None:
    across, up = ax.get_xlim(), ax.get_ylim()
    for years in _YEARS:
        ends = np.array(across)
        ax.plot(ends, ends / years, ":", color=theme.GREY, linewidth=1.0, zorder=0)
        # At the lower end, where the lines come in and few countries are.
        place = max(across[0], up[0] * years)
        if place < across[1] and place / years < up[1]:
            words = translate_count("{n} year", "{n} years", years).format(n=years)
            ax.annotate(
                words, (place, place / years), xytext=(5, 2), textcoords="offset points",
                fontsize=_SMALL, color=theme.MUTED,
            )  # fmt: skip
    ax.set_xlim(across)
    ax.set_ylim(up)


def years_left(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the years left of each country with their 80% interval.

    Parameters
    ----------
    frame : DataFrame
        Rows of `published.country_pace` that have `years_left`.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    ordered = frame.sort_values("years_left", ascending=False)
    at = _rows(ax, ordered)
    places = [at[iso] for iso in ordered["iso"]]
    finite = ordered["upper_80"].replace(np.inf, np.nan)
    ends = finite.fillna(2 * np.nanmax([finite.max(), ordered["years_left"].max()]))
    ax.hlines(places, ordered["lower_80"], ends, color=theme.BLUE, linewidth=3)
    ax.plot(ordered["years_left"], places, "o", color=theme.BLUE, ms=7)
    words = _words(ordered, ordered["years_left"].round(1), translate("years"))
    marks.mark(ax, ordered["years_left"], places, words, along="y")
    _log(ax, "x")
    # Whole steps of the scale, so that a single country has numbers below it, too.
    ax.set_xlim(*_whole_steps(ordered["lower_80"].min(), ends.max()))
    ax.set_xlabel(translate("years"))
    return ax


def mine_density(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the mines found per km² cleared, by country, on a log scale.

    Parameters
    ----------
    frame : DataFrame
        As from `published.mine_density`; years without a mine have no place on the scale.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    found = frame[frame["pooled"].gt(0)]
    at = _rows(ax, found)
    years = found[found["density"].gt(0)]
    pooled = found.drop_duplicates("iso")
    ax.plot(
        pooled["pooled"], [at[iso] for iso in pooled["iso"]], "o", color=theme.BLUE, ms=8,
        label=translate("all its years together"),
    )  # fmt: skip
    ax.plot(
        years["density"], [at[iso] for iso in years["iso"]], "|", color=theme.ORANGE, ms=14, mew=2,
        label=translate("a year"),
    )  # fmt: skip
    _log(ax, "x")
    unit = translate("mines per km²")
    marks.mark(ax, years["density"], [at[iso] for iso in years["iso"]],
               _words(years, years["density"], unit), along="y")  # fmt: skip
    ax.set_xlabel(unit)
    theme.legend(ax)
    return ax


def release_shares(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw which shares of the land released were cleared, reduced and cancelled.

    Parameters
    ----------
    frame : DataFrame
        As from `published.release_shares`.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    places = [_rows(ax, frame)[iso] for iso in frame["iso"]]
    left = np.zeros(len(frame))
    for number, (name, label) in enumerate(_PARTS.items()):
        if frame[name].sum() > 0:
            ax.barh(
                places, frame[name], left=left, height=0.68, color=theme.SERIES[number],
                hatch=theme.HATCHES[number], edgecolor=theme.PAGE, linewidth=0,
                label=translate(label),
            )  # fmt: skip
        left = left + frame[name].to_numpy()
        words = [
            marks.Reading(formats.country_name(iso, country), translate(label),
                          formats.percent(share))
            for iso, country, share in zip(frame["iso"], frame["country"], frame[name],
                                           strict=True)
        ]  # fmt: skip
        marks.mark(ax, np.where(frame[name] > 0, left, np.nan), places, words, along="both")
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda share, _: formats.percent(share)))
    theme.legend(ax, columns=4)
    return ax


def _words(frame: pd.DataFrame, values: pd.Series, unit: str) -> list[marks.Reading]:
    """Return a value of each row in words: the country, and the year where there is one."""
    years = frame["year"].astype(str) if "year" in frame else pd.Series("", index=frame.index)
    return [
        marks.Reading(formats.country_name(iso, country), year, f"{formats.number(value)} {unit}")
        for iso, country, year, value in zip(
            frame["iso"], frame["country"], years, values, strict=True
        )
    ]


def _rows(ax: Axes, frame: pd.DataFrame) -> dict[str, int]:
    """Name a row of the drawing for each country, the first on top, and return their places."""
    names = frame.drop_duplicates("iso")
    at = {str(iso): -place for place, iso in enumerate(names["iso"])}
    shown = [
        formats.country_name(*each) for each in zip(names["iso"], names["country"], strict=True)
    ]
    ax.set_yticks(list(at.values()), shown)
    ax.set_ylim(-len(at) + 0.4, 0.6)
    ax.tick_params(axis="y", length=0)
    return at


def _whole_steps(least: float, most: float) -> tuple[float, float]:
    """Return the powers of ten between which values lie."""
    first, last = np.floor(np.log10(least)), np.ceil(np.log10(most))
    return float(10**first), float(10 ** max(last, first + 1))


def _size(area: float) -> float:
    return [size for least, size in _CLASSES if area >= least][-1]


def _log(ax: Axes, axis: str) -> None:
    """Give an axis a log scale with powers of ten, written with the language's separators."""
    (ax.set_xscale if axis == "x" else ax.set_yscale)("log")
    target = ax.xaxis if axis == "x" else ax.yaxis
    target.set_major_locator(LogLocator(base=10))
    target.set_major_formatter(FuncFormatter(lambda value, _: formats.printed(value)))
    target.set_minor_locator(NullLocator())
