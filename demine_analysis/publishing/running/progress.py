"""A progress bar for people who watch; silent where nobody can."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .job import Result


def bar(results: Iterable[Result], *, total: int) -> Iterable[Result]:
    """Return the results as they come, with a bar on stderr if that is a terminal."""
    from tqdm import tqdm

    words = {"unit": "report", "desc": "Rendering"}
    watched: Iterable[Result] = tqdm(results, total=total, disable=None, **words)
    return watched
