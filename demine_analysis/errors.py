"""The exceptions of the package: one tree, so that `except DemineError` catches them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class DemineError(Exception):
    """Anything a user of the package can put right: bad data or parameters, a failed report."""


class DatasetError(DemineError):
    """A dataset that is missing or breaks its schema.

    Parameters
    ----------
    message : str
        Every bad cell, one a line: file, line, column, value, what is allowed.
    failures : DataFrame, optional
        The same as a frame: file, line, column, value, allowed; a row a bad cell.
    """

    def __init__(self, message: str, failures: pd.DataFrame | None = None) -> None:
        super().__init__(message)
        self.failures = failures


class StatementError(DemineError):
    """A printed figure that cannot be read as a constraint on the series."""


class ReconcileError(DemineError):
    """Statements from which no series can be made, with what is missing."""


class ContradictionError(ReconcileError):
    """Statements of which so many contradict the others that no series is made of them."""


class ParameterError(DemineError):
    """A parameter that is unknown or has a value that is not allowed."""


class ReportError(DemineError):
    """A report that could not be rendered or published."""
