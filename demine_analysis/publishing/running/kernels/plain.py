"""A kernel where there is no warm process: IPython's, without the TCP port that it opens by itself.

Run as `python -m demine_analysis.publishing.running.kernels.plain FILE`.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import zmq
from ipykernel import kernelapp
from ipykernel.iostream import IOPubThread
from zmq.eventloop.zmqstream import ZMQStream

from .settings import SETTINGS, EmptyProfile


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

    def parse_command_line(self, argv: object = None) -> None:
        """Do nothing: there are no options."""

    def load_config_file(self, *_where: object, **_how: object) -> None:
        """Do nothing: pages do not depend on settings of a machine or user."""

    def init_config_files(self) -> None:
        """Do nothing: there are no settings to copy into a profile."""

    def init_profile_dir(self) -> None:
        """Take the kernel's own folder."""
        self.profile_dir = EmptyProfile(location=self.ipython_dir)

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """Open the output channel."""
        PrivateIOPubThread.address = f"ipc://{self.ip}-p"
        vars(kernelapp)["IOPubThread"] = PrivateIOPubThread  # ipykernel has no setting for it
        super().init_iopub(context)  # type: ignore[no-untyped-call]  # ipykernel's lacks types


def run(connection_file: str) -> None:
    """Be a kernel until told to end."""
    application: kernelapp.IPKernelApp = PrivateKernelApp.instance(
        connection_file=connection_file, config=SETTINGS
    )
    application.initialize([])
    application.start()


if __name__ == "__main__":
    run(sys.argv[1])
