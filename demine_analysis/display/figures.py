"""Matplotlib figures as inline SVG that follows the page: its colours, its fonts and its width."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from demine_analysis.language import translate
from demine_analysis.plots import theme

from .blocks import Block, csv_link, identifier, paragraph
from .drawing import drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Sizes in inches at which a figure is laid out: for a page of text, and for a phone.
WIDE = (7.6, 4.2)
NARROW = (3.9, 3.9)

_HIDE = "<style>@media(max-width:40rem){.demine-wide{display:none}}@media(min-width:40.01rem){.demine-narrow{display:none}}@media print{.demine-wide{display:block}.demine-narrow{display:none}}</style>"  # noqa: E501 - one rule, written as short as it is in the page


def chart(
    plot: Callable[..., Axes],
    frame: pd.DataFrame,
    *,
    name: str,
    title: str,
    alt: str,
    see: str = "",
    height: float = 1.0,
    **options: Any,
) -> Block:
    """Draw a frame with a function of `plots` and return it as a figure of the report.

    Parameters
    ----------
    plot : callable
        A function of `plots`.
    frame : DataFrame
        What it draws, and what the download gives.
    name : str
        Anchor of the figure and name of its download.
    title : str
        The finding, in one sentence. It is shown alone where the frame is empty.
    alt : str
        What the figure shows, with numbers, for those who cannot see it.
    see : str
        What to look at, in a sentence below the figure.
    height : float
        Height as a multiple of the usual one, for figures with many rows.
    **options
        Handed to `plot`.
    """
    if frame.empty:
        return paragraph(title, kind="missing")
    with style.context(theme.RC):
        drawing = Figure(figsize=(WIDE[0], WIDE[1] * height), layout="constrained")
        plot(frame, ax=drawing.add_subplot(), **options)
        beside = {key: each for key, each in options.items() if isinstance(each, pd.DataFrame)}
        return figure(
            drawing, title=title, alt=alt, data={name: frame, **beside}, name=name, see=see
        )


def figure(
    drawing: Axes | Figure,
    *,
    title: str,
    alt: str,
    data: Mapping[str, pd.DataFrame],
    name: str,
    see: str = "",
) -> Block:
    """Return a drawing as `<figure>`: title, SVG for wide and narrow pages, caption, download.

    Parameters
    ----------
    drawing : Axes or Figure
        What to show.
    title, alt, name, see : str
        As for `chart`.
    data : mapping of str to DataFrame
        Exactly what is drawn, by name: each frame is a download.
    """
    whole = drawing.get_figure(root=True) if isinstance(drawing, Axes) else drawing
    if whole is None:
        raise ValueError("figure needs Axes that belong to a Figure, got Axes that were removed")
    key = identifier(name)
    width, height = whole.get_size_inches()
    wide = svg(whole, f"{key}-w", alt)
    for ax in whole.axes:
        theme.narrow(ax)
    whole.set_size_inches(NARROW[0], NARROW[1] * max(1.0, height / WIDE[1]))
    narrow = svg(whole, f"{key}-n", alt)
    whole.set_size_inches(width, height)
    caption = f"<p>{escape(see, quote=False)}</p>" if see else ""
    downloads = " ".join(
        csv_link(
            frame, name if part == name else f"{name} {part}", part="" if part == name else part
        )
        for part, frame in data.items()
        if len(frame)
    )
    words = escape(translate("Link to this figure"))
    permalink = f'<a href="#figure-{key}">{words}</a>'
    html = (
        f'<figure class="demine-figure" id="figure-{key}" aria-labelledby="{key}-title">'
        f'<h3 class="demine-title" id="{key}-title">{escape(title, quote=False)}</h3>{_HIDE}'
        f'<div class="demine-wide">{wide}</div><div class="demine-narrow">{narrow}</div>'
        f'<figcaption>{caption}<p class="demine-links">{downloads} {permalink}</p>'
        f"</figcaption></figure>"
    )
    return Block(html, f"{title}\n{alt}")


def svg(drawing: Figure, key: str, alt: str) -> str:
    """Return a figure as an SVG element for inlining.

    Notes
    -----
    The output depends on the figure alone: no date, no random identifiers. Identifiers that
    nothing refers to are dropped, the others carry `key`, so that two figures of a page never
    share one. Colours of the theme become CSS variables; text stays text, in the page's font.
    """
    source = drawn(drawing, key=key)
    body = source[source.index("<svg") :]
    body = re.sub(
        r"<metadata>.*?</metadata>|<!--.*?-->|<style .*?</style>", "", body, flags=re.DOTALL
    )
    body = _own_identifiers(body, key)
    body = re.sub(r'(?<= )(d|x|y|points)="([^"]*)"', _shorter, body)
    body = _page_fonts(theme.page_colours(body))
    box = re.search(r'viewBox="([^"]+)"', body)
    inner = body[body.index(">") + 1 :]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{box[1] if box else ""}" role="img" aria-labelledby="{key}-desc" '
        f'class="demine-svg" stroke-linejoin="round" stroke-linecap="butt">'
        f'<desc id="{key}-desc">{escape(alt, quote=False)}</desc>'
    )
    return re.sub(r"\n\s*", "\n", opening + inner).strip()


def stylesheet() -> str:
    """Return the CSS that figures need in a page: colours, light and dark, and sizes."""
    return (
        theme.css_variables()
        + """
.demine-figure{margin:1.5rem 0;max-width:52rem;break-inside:avoid}
.demine-svg{width:100%;height:auto;display:block}
.demine-links{font-size:.85rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.demine-table{overflow-x:auto}
.demine-table table{min-width:34rem}
.demine-number{text-align:right;font-variant-numeric:tabular-nums}
"""
    )


def _shorter(attribute: re.Match[str]) -> str:
    """Return coordinates to a tenth of a pixel; what text says is left alone."""
    numbers = re.sub(r"-?\d+\.\d{2,}", lambda match: f"{float(match[0]):.1f}", attribute[2])
    return f'{attribute[1]}="{numbers}"'


def _own_identifiers(body: str, key: str) -> str:
    used = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', body))
    names = {name for pair in used for name in pair if name}

    def rename(match: re.Match[str]) -> str:
        return f' id="{key}-{match[1]}"' if match[1] in names else ""

    body = re.sub(r' id="([^"]+)"', rename, body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{key}-\1"', body)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", body)


def _page_fonts(body: str) -> str:
    """Leave the font's family to the page; sizes and weights stay as laid out."""
    body = re.sub(
        r"font: ((?:\w+ )*?)([\d.]+px) [^;\"]*",
        r"font: \1\2 var(--demine-font, system-ui, sans-serif)",
        body,
    )
    return re.sub(
        r"font-family: [^;\"]*", "font-family: var(--demine-font, system-ui, sans-serif)", body
    )
