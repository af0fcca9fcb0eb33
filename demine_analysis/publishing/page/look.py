"""Template, stylesheet and script of pages and index; importing them loads no other library."""

from __future__ import annotations

from pathlib import Path

TEMPLATE = Path(__file__).with_name("template")


def script() -> str:
    """Return the one script of pages: values of charts pointed at, rows of tables chosen."""
    return (TEMPLATE / "point.js").read_text(encoding="utf-8")


def stylesheet() -> str:
    """Return the CSS of pages and index."""
    return (TEMPLATE / "style.css").read_text(encoding="utf-8")
