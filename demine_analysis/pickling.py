"""The lazily loaded package as an object that joblib and dask can send to their workers."""

from __future__ import annotations

import copyreg
import importlib
import sys
from types import ModuleType


def register(name: str) -> None:
    """Let functions that refer to the package `name` be pickled: by its name, as any module.

    Notes
    -----
    `lazy_loader` gives a package whose functions share a name with their module (`reconcile`) a
    class of its own, which cloudpickle does not take for a module.
    """
    copyreg.pickle(type(sys.modules[name]), _by_name)  # type: ignore[arg-type]  # a module is made by its name


def _by_name(module: ModuleType) -> tuple[object, tuple[str]]:
    return importlib.import_module, (module.__name__,)
