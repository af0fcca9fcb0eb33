"""One thread for the algebra: its blocks are small, and threads that wait for each other are slow.

On a machine that renders several reports at once, solving for a thousand draws took 70 times as
long with a thread a core as with one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]  # ships no types

P = ParamSpec("P")
R = TypeVar("R")


@lru_cache(maxsize=1)
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def single_threaded(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function with the linear algebra libraries held to one thread while it runs."""

    @wraps(function)
    def _held(*args: P.args, **kwargs: P.kwargs) -> R:
        with _controller().limit(limits=1, user_api="blas"):
            return function(*args, **kwargs)

    return _held
