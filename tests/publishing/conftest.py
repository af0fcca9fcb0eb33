from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demine_analysis.publishing.running.kernels.warm import Zygote, can_fork

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the tests' notebooks use; less than a real batch, so that the tests start sooner.
MODULES = (
    "IPython.core.interactiveshell",
    "demine_analysis.publishing.running.kernels.kernel",
    "ipykernel.debugger",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "numpy",
)


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    assert can_fork(), "warm kernels need Linux"
    with Zygote(MODULES) as warm:
        yield warm
