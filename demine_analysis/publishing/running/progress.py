"""A progress bar for people who watch; silent where nobody can."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .job import Result

T = TypeVar("T", bound="Result")


def bar(results: Iterable[T], *, total: int) -> Iterable[T]:
    """Return the results as they come, with a bar on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        return results
    from tqdm import tqdm

    watched: Iterable[T] = tqdm(results, total=total, unit="report", desc="Rendering")
    return watched
