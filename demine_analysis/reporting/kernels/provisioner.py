"""A jupyter_client provisioner that forks kernels from a warm process."""

from __future__ import annotations

import asyncio
import logging
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from demine_analysis.errors import ReportError

if TYPE_CHECKING:
    from jupyter_client.connect import KernelConnectionInfo

    from .warm import ForkedKernel, Zygote

#: Every kernel that may still run, so that an interrupted program can end them.
RUNNING: weakref.WeakSet[Any] = weakref.WeakSet()

_log = logging.getLogger(__name__)

_POLL_SECONDS = 0.003


class WarmProvisioner(LocalProvisioner):
    """Fork where the kernel manager has a warm process, else launch as jupyter_client does."""

    parent: Any  # the kernel manager
    process: Any  # a Popen, or what stands for one

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel and return how to reach it."""
        log = Path(self.parent.connection_file).with_name("kernel.log")
        self.process = await self._fork(log, kwargs)
        if self.process is None:
            with log.open("ab") as file:
                await super().launch_kernel(cmd, **kwargs, stdout=file, stderr=file)
        self.pid = self.process.pid
        RUNNING.add(self.process)
        await self._until_listening()
        return self.connection_info

    async def _fork(self, log: Path, kwargs: dict[str, Any]) -> ForkedKernel | None:
        """Return a forked kernel, or None where there is no warm process to fork from."""
        zygote: Zygote | None = getattr(self.parent, "zygote", None)
        if zygote is None:
            return None
        try:
            return await asyncio.to_thread(
                zygote.fork,
                connection_file=self.parent.connection_file,
                cwd=str(kwargs.get("cwd") or Path.cwd()),
                env=kwargs["env"],
                log=log,
            )
        except ReportError as cause:
            _log.warning("%s; starting a plain kernel", cause)
            return None

    async def _until_listening(self) -> None:
        """Wait for the socket that a kernel opens last; connecting sooner costs a retry pause."""
        if self.parent.transport != "ipc":
            return
        last = Path(f"{self.parent.ip}-{self.parent.iopub_port}")
        while not last.exists() and self.process is not None and self.process.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and see it gone: the manager would look only every 100 ms."""
        await super().kill(restart=restart)
        while self.process is not None and self.process.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)


def end_all() -> None:
    """End every kernel that this process has started."""
    for process in list(RUNNING):
        process.kill()
