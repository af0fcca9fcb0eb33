"""One look for all figures: colours that survive colour blindness, grey print and dark pages."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

from matplotlib import dates as mpl_dates
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, Formatter, MaxNLocator
from matplotlib.transforms import blended_transform_factory

from demine_analysis.wording import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

#: Colour of each role, on a light and on a dark page. The light one is what matplotlib draws;
#: in a page each is a CSS variable. Lines and fills keep a contrast of 3:1 with the page, text
#: one of 4.5:1 (WCAG 2.2 AA). The six of series lie on a ladder of lightness with steps of five
#: or more, so that they differ in grey print and without red or green cones.
COLOURS = {
    "text": ("#24303c", "#e3e8ee"),
    "muted": ("#55606c", "#a9b4c0"),
    "grid": ("#dfe3e8", "#353f4b"),
    "page": ("#fefefe", "#12171d"),
    "blue": ("#003c6c", "#62a8e5"),
    "orange": ("#c66800", "#ffc37c"),
    "teal": ("#016d59", "#98f0d5"),
    "purple": ("#6b2baa", "#ba76b7"),
    "red": ("#cb3f33", "#fe9f96"),
    "grey": ("#86919d", "#6e7a86"),
}
TEXT, MUTED, GRID, PAGE = (COLOURS[role][0] for role in ("text", "muted", "grid", "page"))
BLUE, ORANGE, TEAL = (COLOURS[role][0] for role in ("blue", "orange", "teal"))
PURPLE, RED, GREY = (COLOURS[role][0] for role in ("purple", "red", "grey"))
#: Colours of series, in the order in which they are given out.
SERIES = (BLUE, ORANGE, TEAL, PURPLE, RED, GREY)
HATCHES = ("", "//", "\\\\", "xx", "--", "||")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

#: How strongly each interval is filled; wider ones are paler.
BANDS = (
    ("lower_95", "upper_95", 0.16),
    ("lower_80", "upper_80", 0.2),
    ("lower_50", "upper_50", 0.28),
)

#: Width and height in inches at which a figure is laid out. One drawing serves a phone, where it is
#: shown a tenth smaller, and a desk, where it is shown a third larger.
SIZE = (4.2, 3.1)
#: Characters of a legend that fit in the width of a figure, and those that a handle takes.
_LINE = 52
_HANDLE = 6
_NEARLY = 1e-6
#: Characters of the names on a horizontal axis that fit beside the labels of the vertical one.
_NAMES = 38

#: Seaborn's style "ticks" at the size of paper, as far as ours leaves it. Written out: importing
#: seaborn takes a tenth of the time that a report takes to start.
SEABORN: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.spines.bottom": True,
    "axes.titlesize": 9.0,
    "grid.linestyle": "-",
    "grid.linewidth": 0.8,
    "legend.title_fontsize": 9.0,
    "xtick.bottom": True,
    "xtick.direction": "out",
    "xtick.minor.size": 3.2,
    "xtick.minor.width": 0.8,
    "xtick.top": False,
    "ytick.direction": "out",
    "ytick.major.width": 1.0,
    "ytick.minor.size": 3.2,
    "ytick.minor.width": 0.8,
    "ytick.right": False,
}
#: And what our pages need otherwise.
RC: dict[str, Any] = {
    **SEABORN,
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": TEXT,
    "axes.labelsize": 9.0,
    "axes.linewidth": 0.8,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.unicode_minus": True,
    "figure.facecolor": PAGE,
    "axes.facecolor": "none",
    "grid.color": GRID,
    "hatch.linewidth": 0.7,
    "legend.frameon": False,
    "legend.fontsize": 9.0,
    "lines.linewidth": 1.8,
    "lines.markersize": 6.0,
    "lines.solid_capstyle": "projecting",
    # Edges in the style's white would outline bars on a dark page, and colour their hatches.
    "patch.edgecolor": "black",
    "patch.force_edgecolor": False,
    "patch.linewidth": 1.0,
    "text.color": TEXT,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": TEXT,
    "xtick.labelsize": 9.0,
    "xtick.major.size": 3.5,
    "xtick.major.width": 0.8,
    "ytick.labelcolor": TEXT,
    "ytick.labelsize": 9.0,
    "ytick.major.size": 3.5,
    "ytick.left": False,
    "svg.fonttype": "none",
    # Names are names: a dollar sign in one begins no formula.
    "text.parse_math": False,
}


def axes(ax: Axes | None) -> Axes:
    """Return the Axes given, or new ones in the theme."""
    if ax is not None:
        return ax
    with style.context(RC):
        return Figure(figsize=SIZE, layout="constrained").add_subplot()


def curve(place: int) -> dict[str, Any]:
    """Return how one of several lines is drawn: a colour and, for those who see none, a marker."""
    return {
        "color": SERIES[place % len(SERIES)],
        "marker": MARKERS[place % len(MARKERS)],
        "markersize": 4.5,
        # Markers of lines that run together stand beside each other.
        "markevery": (2 * place, 9),
        "linewidth": 1.3,
    }


def whole_numbers(ax: Axes, *, axis: str = "y") -> None:
    """Write the ticks of an axis with the language's separators, from zero on."""
    target = ax.yaxis if axis == "y" else ax.xaxis
    target.set_major_locator(MaxNLocator(nbins=6 if axis == "y" else 4, min_n_ticks=3))
    target.set_major_formatter(_Numbers())


class _Numbers(Formatter):
    """Ticks with separators, and as many decimals as the distance between them needs."""

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002 - matplotlib's
        return formats.number(x)

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the ticks' texts, all with the same decimals."""
        distance = abs(values[1] - values[0]) if len(values) > 1 else 1.0
        # As many decimals as the distance itself has: 0.25 is not written 0.2.
        whole = (step for step in (1.0, 0.1, 0.01, 0.001) if _is_multiple(distance, step))
        step = next(whole, 0.0001)
        return [formats.number(value, step=step) for value in values]


def _is_multiple(distance: float, step: float) -> bool:
    return distance >= step and abs(distance / step - round(distance / step)) < _NEARLY


def dates(ax: Axes) -> None:
    """Label the time axis: years, and months where the span is short."""
    units = mpl_dates.AutoDateLocator(minticks=3, maxticks=7)
    ax.xaxis.set_major_locator(units)
    formatter = _Dates(units, show_offset=False)  # type: ignore[no-untyped-call]  # matplotlib's
    ax.xaxis.set_major_formatter(formatter)


class _Dates(mpl_dates.ConciseDateFormatter):
    """Ticks of a time axis with the months of the language."""

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the ticks' texts, months in the language in use."""
        days = [mpl_dates.num2date(value) for value in values]
        ticks = super().format_ticks(values)  # type: ignore[no-untyped-call]  # matplotlib's
        return [
            tick.replace(f"{day:%b}", formats.short_month(day))
            for tick, day in zip(ticks, days, strict=True)
        ]


def legend(ax: Axes, *, columns: int = 2) -> None:
    """Put the legend above the drawing, where it covers nothing."""
    handles, labels = ax.get_legend_handles_labels()
    whole = ax.get_figure(root=True)
    if handles and whole is not None:
        longest = max(len(label) for label in labels)
        columns = min(columns, max(1, _LINE // (longest + _HANDLE)))
        ax.legend(
            handles,
            [textwrap.fill(label, _LINE - _HANDLE) for label in labels],
            loc="lower left",
            # From the left edge of the figure: names of rows may leave the axes little width.
            bbox_to_anchor=(0, 1),
            bbox_transform=blended_transform_factory(whole.transFigure, ax.transAxes),
            ncols=columns,
            borderaxespad=0.3,
            handlelength=1.6,
            columnspacing=1.2,
        )


def thin_names(ax: Axes) -> None:
    """Leave every other name on a horizontal axis with more of them than there is room for."""
    if not isinstance(ax.xaxis.get_major_locator(), FixedLocator):
        return
    names = [name.get_text() for name in ax.get_xticklabels()]
    if sum(max(map(len, name.split("\n"))) + 1 for name in names) > _NAMES:
        ax.set_xticks(ax.get_xticks()[::2], names[::2])


def page_colours(source: str) -> str:
    """Return SVG with the theme's colours as CSS variables that fall back on the light ones."""
    named = {light: role for role, (light, _) in COLOURS.items()}

    def _variable(match: re.Match[str]) -> str:
        role = named.get(match[0].lower())
        if role is None:
            return match[0]
        # JupyterLab has no variables of ours, but its own know light and dark.
        jupyter = {"text": "--jp-content-font-color1", "muted": "--jp-content-font-color2"}
        fallback = f"var({jupyter[role]}, {match[0]})" if role in jupyter else match[0]
        return f"var(--demine-{role}, {fallback})"

    return re.sub(r"#[0-9a-fA-F]{6}\b", _variable, source)


def css_variables() -> str:
    """Return the theme's colours as CSS variables, for light and for dark pages.

    Notes
    -----
    In JupyterLab its own theme decides, not the system's. Paper is always light.
    """
    light = "".join(f"--demine-{role}:{pair[0]};" for role, pair in COLOURS.items())
    dark = "".join(f"--demine-{role}:{pair[1]};" for role, pair in COLOURS.items())
    return (
        f":root{{{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark)"
        f"{{:root:not(:has([data-jp-theme-light])){{{dark}}}}}\n"
        f"@media screen{{[data-jp-theme-light=false]{{{dark}}}}}"
    )
