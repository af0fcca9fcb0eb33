"""What kernels of both kinds do without: history and settings on disk, folders of a profile."""

from __future__ import annotations

from IPython.core.profiledir import ProfileDir
from traitlets.config import Config

#: No history on disk; `In` and `_` are as ever.
SETTINGS = Config({"HistoryManager": {"enabled": False}})


class EmptyProfile(ProfileDir):
    """A folder in which a shell may keep what it likes; nothing is made in advance."""

    def _mkdir(self, path: str, mode: int | None = None) -> bool:  # noqa: ARG002 - IPython's
        return False
