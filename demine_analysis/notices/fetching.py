"""Fetch a page politely, and nothing but a public page.

Each address, and each to which it leads, must be http or https and lie on the public internet: a
page must not make this machine read its own files or its own network. The name is looked up once
and the connection goes to the address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from demine_analysis.errors import StatementError
from demine_analysis.notices.pages import LARGEST

if TYPE_CHECKING:
    import httpx

AGENT = "demine_analysis"
"""The name under which pages are asked for; `robots.txt` can speak to it."""
_SECONDS = 20.0
_REDIRECTS = 5
_OK, _UNCHANGED = 200, 304


@dataclass(frozen=True)
class Fetched:
    """What a server answered.

    Parameters
    ----------
    url : str
        Where the answer came from, after redirects.
    content : bytes
        Empty where nothing has changed.
    kind : str
        Its media type.
    etag, modified : str
        With which the same page can be asked for again only if it has changed.
    changed : bool
        False where the server said that nothing has.
    """

    url: str
    content: bytes
    kind: str = ""
    etag: str = ""
    modified: str = ""
    changed: bool = True


def fetch(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    private: bool = False,
    largest: int = LARGEST,
    seconds: float = _SECONDS,
) -> Fetched:
    """Return what stands at an address.

    Parameters
    ----------
    url : str
        It begins with http:// or https://.
    etag, modified : str
        From an earlier answer: then only a changed page is sent.
    private : bool
        Allow addresses of private networks and of this machine.
    largest : int
        Bytes after which the answer is refused.
    seconds : float
        Time after which it is, redirects and all.

    Raises
    ------
    StatementError
        Where the address is not allowed, nobody answers in time, or the answer is an error or too
        large.
    """
    import httpx

    ends = time.monotonic() + seconds
    headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    asked = url
    try:
        with httpx.Client(follow_redirects=False, trust_env=not private) as client:
            for _ in range(_REDIRECTS + 1):
                request = _request(client, asked, headers, private=private, ends=ends)
                answer = client.send(request, stream=True)
                try:
                    if not answer.has_redirect_location:
                        return _read(asked, answer, largest, ends, seconds)
                    asked = urljoin(asked, answer.headers["location"])
                finally:
                    answer.close()
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, UnicodeError) as cause:
        raise StatementError(f"{url!r} cannot be fetched: {_said(cause)}") from cause
    raise StatementError(f"{url!r} cannot be fetched: it leads on more than {_REDIRECTS} times")


def _request(
    client: httpx.Client, url: str, headers: dict[str, str], *, private: bool, ends: float
) -> httpx.Request:
    """Return a request to the number behind a name, once that has been checked."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise StatementError(
            f"{url!r} cannot be fetched: only http and https addresses are allowed"
        )
    number = _number(
        parts.hostname, parts.port or (443 if parts.scheme == "https" else 80), private=private
    )
    host = f"[{number}]" if ":" in number else number
    port = f":{parts.port}" if parts.port else ""
    return client.build_request(
        "GET",
        parts._replace(netloc=host + port, fragment="").geturl(),
        headers=headers | {"Host": parts.hostname + port},
        extensions={"sni_hostname": parts.hostname},
        timeout=max(0.1, ends - time.monotonic()),
    )


def _number(host: str, port: int, *, private: bool) -> str:
    """Return the number of a host; all of its numbers must be public ones."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
    for number in numbers:
        if not private and not ipaddress.ip_address(number.split("%")[0]).is_global:
            raise StatementError(
                f"{host!r} cannot be fetched: {number} is not a public address; "
                "a page of your own network can be saved as a file and read from there"
            )
    return numbers[0]


def _read(url: str, answer: httpx.Response, largest: int, ends: float, seconds: float) -> Fetched:
    headers = answer.headers
    known = {"etag": headers.get("etag", ""), "modified": headers.get("last-modified", "")}
    if answer.status_code == _UNCHANGED:
        return Fetched(url, b"", changed=False, **known)
    if answer.status_code != _OK:
        raise StatementError(f"{url!r} cannot be fetched: the server says {answer.status_code}")
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > largest:
            raise StatementError(f"{url!r} has more than {largest:,} bytes, which no notice has")
        if time.monotonic() > ends:
            raise StatementError(f"{url!r} cannot be fetched: it takes more than {seconds:g} s")
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    return Fetched(url, bytes(content), kind, **known)


def _said(cause: Exception) -> str:
    if isinstance(cause, socket.gaierror):
        return "there is no such host"
    return str(cause).split("\n")[0] or type(cause).__name__
