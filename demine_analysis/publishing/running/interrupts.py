"""End every kernel before the command ends, when it is interrupted or told to end."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Treat SIGTERM (of systemd, cron, CI) like Ctrl-C, and end every kernel on either."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        # None runs any more, unless an interrupt came between.
        if provisioner := sys.modules.get(f"{__package__}.kernels.provisioner"):
            provisioner.end_all()


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
