"""The environment of a kernel: the caller's, with what makes pages reproducible."""

from __future__ import annotations

import os
import re
from pathlib import Path

from demine_analysis.errors import ParameterError

# One thread each: reports run side by side, a process with threads must not fork, and sums over
# a changing number of threads would change the last digits.
_FIXED = {
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # As ipykernel sets it; the warm process imports matplotlib before there is a kernel.
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MATPLOTLIBRC": str(Path(__file__).with_name("matplotlibrc")),
    "PYTHONHASHSEED": "0",
}
# A page must not carry the day it was rendered; a user can choose another day.
# And glibc gives memory back after every large array, to ask for it anew 10,000 times a report.
_DEFAULTS = {
    "SOURCE_DATE_EPOCH": "0",
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),  # the highest that every glibc takes
    "MALLOC_TOP_PAD_": str(16 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
}
# A kernel has a working directory of its own, in which a relative folder would lead elsewhere.
_FOLDERS = ("DEMINE_DATA_HOME", "DEMINE_CACHE_HOME")


def kernel_environment() -> dict[str, str]:
    """Return it; a ParameterError says that SOURCE_DATE_EPOCH is no whole number."""
    day = os.environ.get("SOURCE_DATE_EPOCH", "0")
    if not re.fullmatch(r"\d+", day, re.ASCII):
        raise ParameterError(f"SOURCE_DATE_EPOCH must be whole seconds since 1970, got {day!r}")
    return {**_DEFAULTS, **os.environ, **_absolute_folders(), **_FIXED}


def _absolute_folders() -> dict[str, str]:
    given = {name: os.environ.get(name, "") for name in _FOLDERS}
    return {name: str(Path(each).expanduser().absolute()) for name, each in given.items() if each}
