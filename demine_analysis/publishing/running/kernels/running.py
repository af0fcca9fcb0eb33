"""Every kernel that may still run, so that an interrupted program can end them."""

from __future__ import annotations

import weakref
from typing import Protocol


class Killable(Protocol):
    """A kernel, or who manages one."""

    def kill(self) -> None:
        """End the kernel, if it runs."""


RUNNING: weakref.WeakSet[Killable] = weakref.WeakSet()


def end_all() -> None:
    """End every kernel that this process has started."""
    for each in list(RUNNING):
        each.kill()
