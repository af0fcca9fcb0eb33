"""A kernel manager that knows its own kernel: this interpreter, by the warm provisioner."""

from __future__ import annotations

import sys
import time
from queue import Empty

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Any, Type

PROVISIONER = "demine-warm"  # its entry point, in pyproject.toml

_ANSWER_SECONDS = 1.0


class PromptChannel(AsyncZMQSocketChannel):
    """A channel that is not asked whether there is a message, and then for the message."""

    async def get_msg(  # type: ignore[override]  # as in jupyter_client's own class
        self, timeout: float | None = None
    ) -> dict[str, object]:
        """Wait for a message."""
        return await (self._recv() if timeout is None else super().get_msg(timeout))


class PromptClient(AsyncKernelClient):
    """A client that is ready when the kernel says so, without a pause for it to say more."""

    iopub_channel_class = Type(PromptChannel)

    def start_channels(self, *_wanted: bool, **_named: bool) -> None:
        """Open the two channels that are listened to; the others would only cost time."""
        super().start_channels(stdin=False, hb=False, control=False)

    def stop_channels(self) -> None:
        """Close them."""
        self.shell_channel.stop()
        self.iopub_channel.stop()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered on both channels.

        Raises
        ------
        RuntimeError
            Where it has died or not answered in time, as jupyter_client's own method does.
        """
        end = time.monotonic() + (timeout or float("inf"))
        while not await self._answers(self.kernel_info()):
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")

    async def _answers(self, request: str) -> bool:
        """Return whether the reply and the idle status that belong to a request have come."""
        try:
            while (await self.get_shell_msg(timeout=_ANSWER_SECONDS))["parent_header"][
                "msg_id"
            ] != request:
                pass
            while not _is_idle_after(await self.get_iopub_msg(timeout=_ANSWER_SECONDS), request):
                pass
        except Empty:
            return False  # asked before the subscription had reached the kernel
        return True


class WarmKernelManager(AsyncKernelManager):
    """Start kernels from `zygote` where there is one; no kernel specification on disk is read."""

    zygote = Any(allow_none=True)
    client_factory = Type(PromptClient)

    @property
    def kernel_spec(self) -> KernelSpec:
        """Return the specification of a Python kernel in this environment."""
        return KernelSpec(
            argv=[sys.executable, "-P", "-m", f"{__package__}.kernel", "{connection_file}"],
            display_name="Python",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": PROVISIONER}},
        )


def _is_idle_after(message: dict[str, dict[str, object]], request: str) -> bool:
    return (
        message["parent_header"].get("msg_id") == request
        and message["content"].get("execution_state") == "idle"
    )
