"""A kernel manager that knows its own kernel, a plain one: this interpreter."""

from __future__ import annotations

import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from .running import RUNNING


class PlainKernelManager(AsyncKernelManager):
    """Start kernels of this environment; no kernel specification on disk is read."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        RUNNING.add(self)

    @property
    def kernel_spec(self) -> KernelSpec:
        """Return the specification of a Python kernel in this environment."""
        return KernelSpec(
            argv=[sys.executable, "-P", "-m", f"{__package__}.plain", "{connection_file}"],
            display_name="Python",
            language="python",
        )

    def kill(self) -> None:
        """End the kernel, if it runs."""
        process = getattr(self.provisioner, "process", None)
        if process is not None:
            process.kill()
