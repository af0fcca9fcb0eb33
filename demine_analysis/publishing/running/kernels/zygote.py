"""The warm process: imports once, then forks a kernel for each request on its socket.

Run as a module, with a file descriptor as its argument. The first line on that socket is JSON
with the `modules` to import, the `datasets` to load, the `cells` to get to know, and modules to
import `later`. A request is a line of JSON with `cwd` and `env`; the answer is one byte with two
file descriptors: one that stands for the kernel's process (pidfd), and the socket on which it
listens. When the socket of requests closes, every kernel is ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from typing import BinaryIO, NoReturn

from demine_analysis.errors import DemineError
from demine_analysis.publishing.running.stack import without, without_composed_help

# What ipykernel and pandera import where it is there, to debug and to make up data. A notebook can
# still import it.
_NEEDLESS = ("debugpy", "hypothesis")

_PR_SET_PDEATHSIG = 1
_REAP_SECONDS = 0.5
_IDLE_SECONDS = 0.1  # kernels that run side by side are asked for one right after another
READY = b"ready\n"
_NEVER_RETURNED = 70


def main(arguments: list[str]) -> None:
    """Warm up, say so, and serve until the other end closes."""
    channel = socket.socket(fileno=int(arguments[0]))
    requests = channel.makefile("rb")
    work = json.loads(requests.readline())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    gc.disable()  # what is imported stays; looking for what does not takes a tenth of the time
    _import(work["modules"])
    _load(work["datasets"])
    _prepare_kernel(work["cells"])
    _settle()
    channel.sendall(READY)
    _serve(channel, requests, work["later"])
    os._exit(0)  # taking 2,000 modules apart takes 0.1 s, for which a batch would wait


def _import(modules: list[str]) -> None:
    with without(*_NEEDLESS), without_composed_help():
        for module in modules:
            importlib.import_module(module)


def _prepare_kernel(cells: list[str]) -> None:
    """Do what all kernels would do alike."""
    with without(*_NEEDLESS):
        from demine_analysis.publishing.running.kernels import kernel

        kernel.prepare(cells)


def _settle() -> None:
    """Make sure that what has been loaded can be forked, and is not copied for nothing."""
    _refuse_threads()
    gc.freeze()  # a collection in a kernel would otherwise touch, and so copy, every page


def _load(datasets: list[str]) -> None:
    """Load data that kernels will ask for; what is wrong with them is for the reports to say."""
    if not datasets:
        return
    from demine_analysis import published

    for name in datasets:
        with contextlib.suppress(DemineError, OSError):
            published.inputs(name)


def _refuse_threads() -> None:
    """Stop rather than fork while another thread may hold a lock."""
    threads = os.listdir("/proc/self/task")  # noqa: PTH208 - names alone are wanted
    if len(threads) > 1:
        sys.exit(f"{len(threads)} threads after the imports; kernels start plain instead")


def _serve(channel: socket.socket, requests: BinaryIO, later: list[str]) -> None:
    """Fork until the other end closes; where nobody asks for a kernel, import what is left."""
    children: set[int] = set()
    try:
        while True:
            _reap(children)
            pause = _IDLE_SECONDS if later else _REAP_SECONDS
            readable, _, _ = select.select([channel], [], [], pause)
            if not readable:
                if later:
                    _import([later.pop(0)])
                    _settle()
                continue
            line = requests.readline()
            if not line:
                return
            children.add(_fork(channel, json.loads(line)))
    finally:
        for pid in children:
            _end_group(pid)
            os.waitpid(pid, 0)


def _fork(channel: socket.socket, request: dict[str, object]) -> int:
    parent = os.getpid()
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        for end in (channel, theirs):
            end.close()
        _become_kernel(ours, parent, request)
    handle = os.pidfd_open(pid)
    socket.send_fds(channel, [b"."], [handle, theirs.fileno()])
    os.close(handle)
    for end in (ours, theirs):
        end.close()
    return pid


def _reap(children: set[int]) -> None:
    """Collect kernels that have ended, and end what they left running first."""
    for pid in list(children):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            _end_group(pid)
            os.waitpid(pid, 0)
            children.discard(pid)


def _end_group(pid: int) -> None:
    """End a kernel and what it started; one just forked has no group of its own yet."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError):
            end(pid, signal.SIGKILL)


def _become_kernel(end: socket.socket, parent: int, request: dict[str, object]) -> NoReturn:
    """Turn this fork into a kernel that shares nothing with the process that it came from."""
    try:
        os.setsid()
        _die_with(parent)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        gc.enable()
        _own_state(request)
        _run_kernel(end)
    finally:
        os._exit(_NEVER_RETURNED)


def _die_with(parent: int) -> None:
    """Ask the system to end this process when the warm one ends, however that comes about."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(_NEVER_RETURNED)


def _own_state(request: dict[str, object]) -> None:
    environment = request["env"]
    assert isinstance(environment, dict)  # noqa: S101 - narrows a type; the writer is `warm.py`
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(dict(environment.items() - os.environ.items()))  # most are as they were
    os.chdir(str(request["cwd"]))
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()  # Python's own generator reseeds itself after a fork, this one does not


def _run_kernel(end: socket.socket) -> None:
    from demine_analysis.publishing.running.kernels import kernel

    kernel.run(end)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
