from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demine_analysis.publishing.running import executors
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


class Shared(WarmProcess):
    """The test session's warm process, which a run must not end."""

    def __init__(self, warm: WarmProcess) -> None:
        self.__dict__ = warm.__dict__

    def __exit__(self, *_error: object) -> None:
        """Leave it to the session."""


@pytest.fixture(autouse=True)
def _one_warm_process(warm: WarmProcess | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every run of a test fork its kernels from one process, which is ready already."""
    if warm is not None:
        monkeypatch.setattr(executors, "WarmProcess", lambda: Shared(warm))
