"""Matplotlib's SVG as it stands in a page: small, in the page's colours and font."""

from __future__ import annotations

import re
from html import escape

from demine_analysis.report.plots import theme

_COORDINATES = re.compile(r'(?<= )(d|x|y|points)="[^"]*"')
_DIGITS = re.compile(r"(?<=\.\d)\d+")


def inlined(source: str, key: str) -> str:
    """Return an SVG document as an element for a page.

    Notes
    -----
    Identifiers that nothing refers to are dropped, the others carry `key`, so that two figures of
    a page never share one. Colours of the theme become CSS variables; text stays text, in the
    page's font.
    """
    body = source[source.index("<svg") :]
    body = re.sub(
        r"<metadata>.*?</metadata>|<!--.*?-->|<style .*?</style>", "", body, flags=re.DOTALL
    )
    body = _own_identifiers(body, key)
    # A tenth of a point is less than a pixel; what texts say is left alone.
    body = _COORDINATES.sub(lambda match: _DIGITS.sub("", match[0]), body)
    body = _page_fonts(theme.page_colours(body))
    box = re.search(r'viewBox="([^"]+)"', body)
    inner = body[body.index(">") + 1 :]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{box[1] if box else ""}" role="img" aria-labelledby="{key}-desc" '
        f'class="demine-svg" stroke-linejoin="round" stroke-linecap="butt">'
    )
    return re.sub(r"\n\s*", "\n", opening + inner).strip()


def described(element: str, key: str, alt: str) -> str:
    """Return an element from `inlined` with what it shows, for those who cannot see it."""
    end = element.index(">") + 1
    description = f'<desc id="{key}-desc">{escape(alt, quote=False)}</desc>'
    return element[:end] + description + element[end:]


def _own_identifiers(body: str, key: str) -> str:
    used = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', body))
    names = {name for pair in used for name in pair if name}

    def _rename(match: re.Match[str]) -> str:
        return f' id="{key}-{match[1]}"' if match[1] in names else ""

    body = re.sub(r' id="([^"]+)"', _rename, body)
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
