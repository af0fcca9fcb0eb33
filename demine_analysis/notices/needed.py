"""Say in one line what to install where a library of the extra `notices` is missing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from demine_analysis.errors import StatementError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def needed(what: str) -> Iterator[None]:
    """Turn a missing library into an error that says how to install it."""
    try:
        yield
    except ModuleNotFoundError as cause:
        raise StatementError(
            f"{what} needs {cause.name!r}; install it with: pip install 'demine-analysis[notices]'"
        ) from cause
