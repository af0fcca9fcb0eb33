"""What the notebooks show: figures, tables, lists of sources and paragraphs, as accessible HTML."""

from .audited import suspects_by_kind, suspects_drawn, suspects_listed
from .blocks import Block, paragraph, together
from .comparisons import (
    beside,
    completion_dates,
    estimates,
    plan_table,
    plans_drawn,
    same_days,
    suspects,
)
from .corrected import corrections_grouped, corrections_listed
from .countries import countries_listed, paces_listed, tall
from .figures import chart, figure, stylesheet
from .printed import kinds_listed, parts_listed, weeks_listed
from .report import bullets, cite, facts, masthead, opening, sources_list, without_list
from .tables import Link, table, with_sources

__all__ = [
    "Block",
    "Link",
    "beside",
    "bullets",
    "chart",
    "cite",
    "completion_dates",
    "corrections_grouped",
    "corrections_listed",
    "countries_listed",
    "estimates",
    "facts",
    "figure",
    "kinds_listed",
    "masthead",
    "opening",
    "paces_listed",
    "paragraph",
    "parts_listed",
    "plan_table",
    "plans_drawn",
    "same_days",
    "sources_list",
    "stylesheet",
    "suspects",
    "suspects_by_kind",
    "suspects_drawn",
    "suspects_listed",
    "table",
    "tall",
    "together",
    "weeks_listed",
    "with_sources",
    "without_list",
]
