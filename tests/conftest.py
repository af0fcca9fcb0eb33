"""Fixtures of every test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

# Set before NumPy is imported. With a thread a core in each of several test processes, the
# threads wait for each other more than they work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest

from demine_analysis.wording import language, names

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests compute away from the user's cache; one folder serves the whole run."""
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each process has a folder of its own in the run's
        run = run.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEMINE_CACHE_HOME", str(run / "cache"))
        yield


@pytest.fixture(autouse=True)
def own_words() -> Iterator[None]:
    """Leave no language and no programme's names to the next test: a report is its own process."""
    yield
    language.use("en")
    names.use({})
