"""Jupyter messages over a pair of sockets without a name, which nobody else can find.

A frame is the number of its parts and their lengths, then the parts, which are those of Jupyter's
wire protocol. They are not signed: who holds an end was given it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import threading
from typing import TYPE_CHECKING, Any

from jupyter_client.session import DELIM, Session, json_unpacker

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator, Sequence

_LENGTH = struct.Struct("!Q")


def plain_session() -> Session:
    """Return what makes messages for a channel: not signed, and from forked subprocesses, too."""
    session = Session(check_pid=False)
    session.auth = None  # an empty key does the same, with a warning
    return session


class Channel:
    """One end of the pair; any thread may send, one receives.

    Parameters
    ----------
    end : socket.socket
        This end.
    shared : int or None
        A file whose lock keeps apart what a process and its forks send, where they might.
    """

    def __init__(self, end: socket.socket, *, shared: int | None = None) -> None:
        self._end = end
        self._shared = shared
        self._turn = threading.Lock()
        if shared is not None:
            os.register_at_fork(after_in_child=self._after_fork)

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        return self._end.fileno()

    def send_multipart(self, parts: Sequence[bytes | memoryview], **_copy: bool) -> None:
        """Send a message as a `jupyter_client.session.Session` sends it.

        Raises
        ------
        OSError
            Where the other end is closed.
        """
        numbers = (len(parts), *(memoryview(part).nbytes for part in parts))
        frame = b"".join([*map(_LENGTH.pack, numbers), *parts])
        with self._turn, self._alone():
            self._end.sendall(frame)

    def receive(self) -> dict[str, Any]:
        """Wait for a message.

        `Session.deserialize` would also make dates of all that looks like one, in 0.2 ms each.

        Raises
        ------
        EOFError
            Where the other end is closed.
        """
        (count,) = _LENGTH.unpack(self._read(_LENGTH.size))
        lengths = struct.unpack(f"!{count}Q", self._read(count * _LENGTH.size))
        parts = [bytes(self._read(length)) for length in lengths]
        _signature, *packed = parts[parts.index(DELIM) + 1 :]
        header, parent, metadata, content = map(json_unpacker, packed[:4])
        return {
            "header": header,
            "msg_id": header["msg_id"],
            "msg_type": header["msg_type"],
            "parent_header": parent,
            "metadata": metadata,
            "content": content,
            "buffers": packed[4:],
        }

    def _read(self, length: int) -> bytearray:
        content = bytearray(length)
        rest = memoryview(content)
        while rest:
            count = self._end.recv_into(rest)
            if not count:
                raise EOFError
            rest = rest[count:]
        return content

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes that hold this end from sending between."""
        if self._shared is None:
            yield
            return
        fcntl.lockf(self._shared, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._shared, fcntl.LOCK_UN)

    def _after_fork(self) -> None:
        self._turn = threading.Lock()  # whoever held it is not here
