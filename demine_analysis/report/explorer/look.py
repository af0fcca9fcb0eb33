"""How the chart looks: the colours of the pages, and the language of its axes and its menu."""

from __future__ import annotations

from typing import Any

import pandas as pd

from demine_analysis.report.plots import theme
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate


def look() -> dict[str, Any]:
    """Return the theme of the pages; the chart is light, as paper is, also as a picture."""
    words = {"labelColor": theme.TEXT, "titleColor": theme.TEXT, "labelFontSize": 12}
    return {
        "background": theme.PAGE,
        "font": "sans-serif",
        "view": {"stroke": None},
        "axis": {
            **words, "titleFontSize": 12, "titleFontWeight": "normal", "gridColor": theme.GRID,
            "domainColor": theme.MUTED, "tickColor": theme.MUTED,
        },
        "legend": {
            **words, "orient": "top", "columns": 4, "labelLimit": 400, "symbolOpacity": 1,
            "symbolType": "stroke",
        },
    }  # fmt: skip


def embedding(name: str) -> dict[str, Any]:
    """Return how the chart is embedded: in the language, with pictures of it to save."""
    months = pd.date_range("2001-01-01", periods=12, freq="MS")
    days = [formats.weekday(day) for day in pd.date_range("2001-01-07", periods=7)]
    named = [formats.short_month(day) for day in months]
    written = formats.number(12345.5, step=0.1)
    return {
        "renderer": "svg",
        "downloadFileName": name,
        "actions": {"export": True, "source": False, "compiled": False, "editor": False},
        "i18n": {
            "CLICK_TO_VIEW_ACTIONS": translate("Save the chart"),
            "PNG_ACTION": translate("Save as PNG"),
            "SVG_ACTION": translate("Save as SVG"),
        },
        "formatLocale": {
            "decimal": written[-2], "thousands": written[2], "grouping": [3], "currency": ["", ""],
        },
        "timeFormatLocale": {
            "dateTime": "%d %B %Y", "date": "%Y-%m-%d", "time": "%H:%M", "periods": ["", ""],
            "days": days, "shortDays": days, "months": named, "shortMonths": named,
        },
    }  # fmt: skip
