"""What a page says about itself, read from the list at its head and from its headline figures."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

_MASTHEAD = re.compile(r'<dl class="demine-masthead"([^>]*)>')
#: The sentence that a report opens with, as HTML.
FINDING = re.compile(r'<h1 class="demine-finding">([^<]*)</h1>')
_ATTRIBUTE = re.compile(r'\bdata-([a-z-]+)="([^"]*)"')
_FIGURE = re.compile(
    r'<div class="demine-fact" data-name="([^"]+)" data-chart="([^"]*)"><dt>([^<]*)</dt>'
    r"<dd><strong>([^<]*)</strong>(?:<span>([^<]*)</span>)?</dd>"
)
_TEXTS = ("scope", "dataset", "state")
_DAYS = ("data_through", "first_day", "last_day")
_COUNTS = ("statements", "sources")


def facts(html: str) -> dict[str, Any]:
    """Return what a page says about itself, where its notebook shows `display.masthead`.

    Returns
    -------
    dict
        `finding`, `scope`, `dataset`, `state`, `data_through`, `first_day`, `last_day` (ISO days),
        `statements`, `sources` (digits), each where it is known; `figures`, a dict for each
        headline figure that has a name: `name`, `figure`, `what`, `note`, and `anchor`, empty
        where the page has no such chart.
    """
    masthead = _MASTHEAD.search(html)
    if masthead is None:
        return {}
    found = {
        name.replace("-", "_"): unescape(text) for name, text in _ATTRIBUTE.findall(masthead[1])
    }
    # `data_through` stands in the page as `data-data-through`.
    kept = {name: found.get(name, "") for name in (*_TEXTS, *_DAYS, *_COUNTS)}
    known = {name: text for name, text in kept.items() if _is_sound(name, text)}
    if finding := FINDING.search(html):
        known["finding"] = unescape(finding[1])
    return {**known, "figures": [_figure(html, match) for match in _FIGURE.finditer(html)]}


def _figure(html: str, match: re.Match[str]) -> dict[str, str]:
    name, chart, what, figure, note = (unescape(text or "") for text in match.groups())
    anchor = f"figure-{chart}"
    return {
        "name": name,
        "figure": figure,
        "what": what,
        "note": note,
        "anchor": anchor if f'id="{anchor}"' in html else "",
    }


def _is_sound(name: str, text: str) -> bool:
    """Return whether a fact can be shown; notebooks of others may say anything."""
    if name in _COUNTS:
        return text.isascii() and text.isdigit()
    return _is_day(text) if name in _DAYS else bool(text)


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
