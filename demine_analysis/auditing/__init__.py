"""Statements that cannot be right, each with what was expected and a likely reading.

`audit` runs every check. Some rest on the reconciled series: a figure is held against what all
other figures say of its days, and of two papers that differ the less likely one is accused.
Others need no model: sums, running totals, plans, dates. Nothing here changes data.
"""

from demine_analysis.auditing.checks import audit
from demine_analysis.auditing.coverage import agreement, calendar

__all__ = ["agreement", "audit", "calendar"]
