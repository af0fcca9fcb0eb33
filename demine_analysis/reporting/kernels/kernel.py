"""The kernel itself: IPython's, without the one TCP port that it opens by itself.

Run as `python -m demine_analysis.reporting.kernels.kernel -f FILE`, or by `run` after a fork.
"""

from __future__ import annotations

import os
from typing import Any

import zmq
from ipykernel import kernelapp
from ipykernel.iostream import IOPubThread
from zmq.eventloop.zmqstream import ZMQStream


class PrivateIOPubThread(IOPubThread):
    """Takes output of forked subprocesses on a socket in the kernel's folder, not on 127.0.0.1."""

    address = ""

    def _setup_pipe_in(self) -> None:
        self._pipe_uuid = os.urandom(16)
        receiver = self.socket.context.socket(zmq.PULL)
        receiver.linger = 0
        receiver.bind(self.address)
        self._pipe_in = ZMQStream(receiver, self.io_loop)
        self._pipe_in.on_recv(self._handle_pipe_msg)

    def _setup_pipe_out(self) -> tuple[zmq.Context[Any], zmq.Socket[bytes]]:
        context = zmq.Context()  # a forked process must not use its parent's
        sender = context.socket(zmq.PUSH)
        sender.linger = 3000
        sender.connect(self.address)
        return context, sender


class PrivateKernelApp(kernelapp.IPKernelApp):
    """A kernel application whose sockets all lie in the folder of its connection file."""

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """Open the output channel."""
        PrivateIOPubThread.address = f"ipc://{self.ip}-p"
        vars(kernelapp)["IOPubThread"] = PrivateIOPubThread  # ipykernel has no setting for it
        super().init_iopub(context)  # type: ignore[no-untyped-call]  # ipykernel's lacks types


def run(arguments: list[str] | None = None) -> None:
    """Be a kernel until told to end."""
    application: kernelapp.IPKernelApp = PrivateKernelApp.instance()
    application.initialize(arguments)
    application.start()


if __name__ == "__main__":
    run()
