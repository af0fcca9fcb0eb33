"""The warm process: it imports what reports need once, and forks a kernel for each request.

Run as a module with the file descriptor of a socket as its argument. The first line on the socket
is JSON: modules to import `first`, after which an empty line is the answer, and `later`, while no
request waits. A request is a line of JSON with `argv` (a module and its arguments, as after
`python -m`), `cwd`, `env` and `log`; the answer is a line with the new process's number. When the
socket closes, every kernel is ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
from typing import Any, NoReturn

_PR_SET_PDEATHSIG = 1  # of Linux's prctl
_REAP_SECONDS = 0.5


def main(descriptor: int) -> None:
    """Warm up, say so, and serve until the other end closes."""
    channel = socket.socket(fileno=descriptor)
    requests = channel.makefile("rb")
    wanted = json.loads(requests.readline())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    _import(wanted["first"])
    channel.sendall(b"\n")
    children: set[int] = set()
    while True:
        wait = 0 if wanted["later"] and children else _REAP_SECONDS
        readable, _, _ = select.select([channel], [], [], wait)
        if not readable and not wait:
            _import([wanted["later"].pop(0)])
        line = requests.readline() if readable else b"\n"
        children -= {pid for pid in children if _has_ended(pid, at_once=not line)}
        if not line:
            return
        if readable:
            children.add(_fork(channel, json.loads(line)))


def _import(modules: list[str]) -> None:
    for module in modules:
        importlib.import_module(module)
    if len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208 - names alone are wanted
        sys.exit("an imported module has started a thread, and may hold a lock in it")
    gc.freeze()  # a collection in a kernel would otherwise touch, and so copy, every page


def _has_ended(pid: int, *, at_once: bool) -> bool:
    """Return whether a kernel has ended, with what it left running; `at_once` ends it now."""
    if not at_once and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        return False
    for end in (os.killpg, os.kill):  # one just forked has no group of its own yet
        with contextlib.suppress(ProcessLookupError):
            end(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return True


def _fork(channel: socket.socket, request: dict[str, Any]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        channel.close()
        _run(parent, request)
    channel.sendall(f"{pid}\n".encode())
    return pid


def _run(parent: int, request: dict[str, Any]) -> NoReturn:
    """Be what `python -m` with the arguments would be, but for the imports that are done."""
    code: object = 1
    try:
        os.setsid()
        # End with the warm process, however that comes about.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
        if os.getppid() != parent:
            sys.exit(1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        log = os.open(request["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["cwd"])
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()  # Python's own generator reseeds itself after a fork
        sys.path[0] = request["cwd"]  # as `python -m` has it
        sys.argv = list(request["argv"])
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as asked:
        code = asked.code
    finally:
        os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main(int(sys.argv[1]))
