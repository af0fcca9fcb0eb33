"""Imports of libraries without the large ones that they ask for and seldom use."""

from __future__ import annotations

import contextlib
import importlib
import sys
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def without_statistics() -> Iterator[None]:
    """Import ruptures or seaborn without scipy's statistics and signal processing.

    Each takes three of their functions from there, for costs by rank, windows and densities, and
    with them 0.35 s of imports. What is imported inside has those functions all the same: they
    import what they need when they are called.
    """
    wanted = {
        "scipy.signal": ["argrelmax"],
        "scipy.stats": ["gaussian_kde"],
        "scipy.stats.mstats": ["rankdata"],
    }
    standing_in = {
        name: _stand_in(name, functions)
        for name, functions in wanted.items()
        if name not in sys.modules
    }
    sys.modules.update(standing_in)
    try:
        yield
    finally:
        for name in standing_in:
            sys.modules.pop(name, None)


def _stand_in(name: str, functions: list[str]) -> ModuleType:
    module = ModuleType(name)
    module.__path__ = []
    for function in functions:
        setattr(module, function, partial(_call, name, function))
    return module


def _call(module: str, function: str, *given: Any, **named: Any) -> Any:
    """Call a function of a module that is imported for it."""
    return getattr(importlib.import_module(module), function)(*given, **named)
