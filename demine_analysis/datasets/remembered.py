"""Frames remembered in the process by the bytes of the files that they are made from.

A file is read every time it is asked for, so that a changed one is seen at once; only what is made
of unchanged bytes is not made again.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING

from demine_analysis.datasets.checking.table import File

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import pandas as pd

MOST = 8
LARGEST_FILES = 20_000_000


def remembered(make: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Return a function whose last few results are remembered by the content of its arguments.

    Parameters
    ----------
    make : function
        Its arguments say everything that its frame depends on: names, and files as `File`.
        Nothing is remembered of a call that raises, or of files of over `LARGEST_FILES` bytes.

    Returns
    -------
    function
        Every call returns a frame of its own, which the caller may change.
    """
    kept = lru_cache(maxsize=MOST)(make)

    @wraps(make)
    def _made(*arguments: Any) -> pd.DataFrame:  # `wraps` gives it the docstring of `make`
        size = sum(len(each.raw) for each in arguments if isinstance(each, File))
        return kept(*arguments).copy() if size <= LARGEST_FILES else make(*arguments)

    return _made
