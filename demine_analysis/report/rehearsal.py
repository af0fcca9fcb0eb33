"""Do once what most reports do first, so that what is forked from here need not do it again.

Importing this module imports what only some reports use, and reads the shipped data: what has been
read is remembered by the content of its files.
"""

import contextlib

import babel.dates
import babel.numbers
import ruptures

import demine_analysis.reconciliation.casualties
import demine_analysis.reconciliation.rates
from demine_analysis.datasets import load_casualties, load_sources, load_statements
from demine_analysis.errors import DatasetError

__all__ = ["babel", "demine_analysis", "ruptures"]

with contextlib.suppress(DatasetError):  # a data home of one's own need not have the shipped data
    load_statements()
    load_sources()
    load_casualties()
