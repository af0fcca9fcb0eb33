"""What a page says about itself, read from the list at its head."""

from __future__ import annotations

import re
from html import unescape

_MASTHEAD = re.compile(r'<dl class="demine-masthead"([^>]*)>')
_FACTS = ("scope", "data_through")


def facts(html: str) -> dict[str, str]:
    """Return scope and last day of the data, where the notebook shows `display.masthead`."""
    masthead = _MASTHEAD.search(html)
    if masthead is None:
        return {}
    found = {
        name: re.search(rf'\bdata-{name.replace("_", "-")}="([^"]*)"', masthead[1])
        for name in _FACTS
    }
    return {name: unescape(match[1]) for name, match in found.items() if match and match[1]}
