"""What kernels of both kinds do without: history on disk, a profile, forms no page can show."""

from __future__ import annotations

from IPython.core.profiledir import ProfileDir
from traitlets.config import Config

#: No history on disk; `In` and `_` are as ever. An object is asked for the forms that the template
#: of pages knows.
SETTINGS = Config(
    {
        "HistoryManager": {"enabled": False},
        "DisplayFormatter": {
            "active_types": [
                *("text/plain", "text/html", "text/markdown"),
                *("image/svg+xml", "image/png"),
            ]
        },
    }
)


class EmptyProfile(ProfileDir):
    """A folder in which a shell may keep what it likes; nothing is made in advance."""

    def _mkdir(self, path: str, mode: int | None = None) -> bool:  # noqa: ARG002 - IPython's
        return False
