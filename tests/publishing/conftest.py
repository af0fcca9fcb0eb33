from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demine_analysis.publishing.running.kernels.warm import WarmProcess, can_fork

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the tests' notebooks use; less than a real batch, so that the tests start sooner.
MODULES = (
    "ipykernel.kernelapp",
    "matplotlib.pyplot",
)


@pytest.fixture(scope="session")
def warm() -> Iterator[WarmProcess | None]:
    """Return where kernels are forked from; nothing where every kernel is a plain subprocess."""
    if not can_fork():
        yield None
        return
    with WarmProcess(MODULES) as warm:
        yield warm
