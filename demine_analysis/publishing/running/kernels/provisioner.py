"""Where a kernel's process comes from: a fork of the warm process, or a subprocess."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Instance

from demine_analysis.errors import ReportError

from .warm import WarmProcess

if TYPE_CHECKING:
    from jupyter_client.connect import KernelConnectionInfo

_POLL_SECONDS = 0.002
_KILL_SECONDS = 5
_RUNNING: weakref.WeakSet[ReportProvisioner] = weakref.WeakSet()
_log = logging.getLogger(__name__)


class ReportKernelManager(AsyncKernelManager):
    """A kernel manager that may know a warm process."""

    warm = Instance(WarmProcess, allow_none=True)


class ReportProvisioner(LocalProvisioner):
    """Fork the kernel where its manager has a warm process, else launch it as jupyter_client does.

    Its entry point is `demine-report`; the kernel specification in `specs` names it.
    """

    parent: Any  # the kernel manager

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel and return how to reach it."""
        log = Path(self.parent.connection_file).with_name("kernel.log")
        if not await self._fork(cmd, str(log), kwargs):
            with log.open("ab") as file:
                await super().launch_kernel(cmd, **kwargs, stdout=file, stderr=file)
        _RUNNING.add(self)
        return self.connection_info

    async def _fork(self, cmd: list[str], log: str, kwargs: dict[str, Any]) -> bool:
        """Fork the kernel, and return whether that was possible."""
        warm: WarmProcess | None = getattr(self.parent, "warm", None)
        if warm is None:
            return False
        argv, cwd = cmd[cmd.index("-m") + 1 :], str(kwargs["cwd"])
        try:
            process = await asyncio.to_thread(warm.fork, argv, cwd=cwd, env=kwargs["env"], log=log)
        except ReportError as cause:
            _log.warning("%s; starting a plain kernel", cause)
            return False
        self.process: Any = process  # as the Popen that it stands for
        self.pid = self.pgid = process.pid  # it leads a session of its own
        return True

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and wait for that; its manager would look only each 100 ms."""
        await super().kill(restart)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), _KILL_SECONDS)

    async def wait(self) -> int | None:
        """Wait until the kernel has ended, and end what it left; the base looks each 100 ms."""
        while await self.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)
        self.end()
        _RUNNING.discard(self)
        return await super().wait()

    def end(self) -> None:
        """End the kernel and what it has started."""
        if self.pgid is not None:
            with contextlib.suppress(OSError):  # they have ended
                os.killpg(self.pgid, signal.SIGKILL)


def end_all() -> None:
    """End every kernel that this process has started."""
    for each in list(_RUNNING):
        each.end()


def kernel_manager(folder: Path, warm: WarmProcess | None) -> ReportKernelManager:
    """Return a manager whose kernel talks over sockets in `folder`, its owner's alone."""
    specs = KernelSpecManager(ensure_native_kernel=False)
    specs.kernel_dirs = [str(Path(__file__).with_name("specs"))]
    return ReportKernelManager(
        kernel_name="python3",
        kernel_spec_manager=specs,
        transport="ipc",
        ip=str(folder / "k"),
        connection_file=str(folder / "connection.json"),
        warm=warm,
    )
