"""HTML without scripts of others and without anything that loads from elsewhere.

Outputs of the library never hold either: text is escaped where it is put together. This is the
second lock, for notebooks of others, and the Content-Security-Policy in each page is the third.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from html.parser import HTMLParser

from .look import script

_SCRIPT = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
#: What a page may do: show itself. No script but ours, no frame, no form, nothing from a network.
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'sha256-{_SCRIPT}'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)

_VOID = frozenset(["base", "embed", "frame", "link", "meta"])
_FORBIDDEN = _VOID | {
    *("applet", "audio", "form", "frameset", "iframe", "noscript", "object", "portal"),
    *("script", "template", "video"),
}
_LOADING = frozenset(
    ("action", "background", "data", "formaction", "ping", "poster", "src", "srcdoc", "srcset")
)
_LINKS = frozenset(["href", "xlink:href"])

# Blanks of any alphabet, in UTF-8, and controls, which browsers drop at the start of an address.
_BLANK = r"[\x00-\x20\x80-\xff]"

# Of HTML in bytes and small letters, and one by one: a search for all at once takes three times as
# long.
_ACTIVE = tuple(
    re.compile(each.encode())
    for each in (
        # elements that run or load
        rf"<{_BLANK}*/?{_BLANK}*(?:{'|'.join(sorted(_FORBIDDEN))})\b",
        # links that run
        rf"""href{_BLANK}*={_BLANK}*(?!["']?(?:https?://|mailto:|data:image/|data:text/csv|\#"""
        r"""|[\w./\x80-\xff-]+["'\s>?\#]))""",
        # remote images and fonts in styles
        rf"""url\({_BLANK}*["']?{_BLANK}*(?:[a-z]+:)?//""",
        r"@import",
        # what is no element, but for comments
        r"<!\[cdata\[|<\?|<![^-]",
    )
)
# Event handlers, and what loads anything but a picture that stands in the page.
_HANDLER = re.compile(
    rf"""<[^>]*(?:{_BLANK}|[/"'])(?:on[a-z]+{_BLANK}*=|(?:{"|".join(sorted(_LOADING))}){_BLANK}*="""
    r"""(?!\s*["']data:image/))""".encode()
)
# A part of those, found faster: the words alone, without going back to their element.
_HANDLER_HINTS = tuple(
    re.compile(rf"{name}{_BLANK}*=".encode()) for name in ("on[a-z]+", *sorted(_LOADING))
)
_REMOTE_STYLE = re.compile(r"url\(\s*[\"']?\s*(?:[a-z]+:)?//[^)]*\)|@import[^;]*;?", re.IGNORECASE)
_SAFE_LINK = re.compile(r"(?:https?:|mailto:|data:text/csv|#|[^:]*(?:[/?#]|$))", re.IGNORECASE)


def harmless(html: str) -> str:
    """Return HTML as it is, or, where it holds anything active, rewritten without that.

    Examples
    --------
    >>> harmless('<p onclick="go()">5 ha<script>go()</script></p>')
    '<p>5 ha</p>'
    """
    small = html.encode("utf-8", "surrogatepass").lower()
    if not _is_active(small):
        return html
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "".join(writer.parts)


def _is_active(small: bytes) -> bool:
    """Return whether HTML in small letters holds anything that runs or loads."""
    if any(each.search(small) for each in _ACTIVE):
        return True
    return any(each.search(small) for each in _HANDLER_HINTS) and bool(_HANDLER.search(small))


class _Writer(HTMLParser):
    """Writes back what it reads, without what is forbidden."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag with those of its attributes that are allowed."""
        if tag in _FORBIDDEN:
            self._inside += tag not in _VOID
        elif not self._inside:
            kept = "".join(_attribute(name, value) for name, value in attrs)
            self.parts.append(f"<{tag}{kept}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag that is closed at once."""
        if tag not in _FORBIDDEN:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Write the end of a tag that is allowed."""
        if tag in _FORBIDDEN:
            self._inside = max(0, self._inside - (tag not in _VOID))
        elif not self._inside:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text; styles load nothing."""
        if not self._inside:
            style = self.lasttag == "style"
            self.parts.append(_REMOTE_STYLE.sub("", data) if style else data.replace("<", "&lt;"))

    def handle_entityref(self, name: str) -> None:
        """Write a named character as it was."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a numbered character as it was."""
        self.handle_data(f"&#{name};")


def _attribute(name: str, value: str | None) -> str:
    if value is None:
        return "" if name.startswith("on") else f" {name}"
    if name.startswith("on") or (name in _LINKS and not _is_safe_link(value)):
        return ""
    if name in _LOADING and not value.strip().casefold().startswith("data:image/"):
        return ""
    return f' {name}="{escape(_REMOTE_STYLE.sub("", value))}"'


def _is_safe_link(value: str) -> bool:
    """Return whether an address only leads somewhere; browsers skip blanks and controls in it."""
    plain = re.sub(r"[\s\x00-\x20]", "", value)
    return _SAFE_LINK.match(plain) is not None
