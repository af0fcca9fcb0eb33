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
def warm() -> Iterator[WarmProcess]:
    assert can_fork(), "warm kernels need Linux"
    with WarmProcess(MODULES) as warm:
        yield warm
