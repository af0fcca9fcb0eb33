"""What a notebook is run with: its deadline, folder and limits, and the notebook as it grows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from .kernels.warm import WarmProcess


@dataclass
class Attempt:
    """What a notebook is run with: its deadline, folder and limits, and the notebook as it grows.

    Parameters
    ----------
    warm : WarmProcess or None
        Where to fork the kernel from; a plain one starts without.
    seconds : float or None
        Until the whole notebook must be done.
    cwd : str
        The kernel's working directory; a folder that is gone afterwards where empty.
    most_output : int
        Bytes that one cell may show.
    """

    warm: WarmProcess | None = None
    seconds: float | None = None
    cwd: str = ""
    most_output: int = 10_000_000
    notebook: NotebookNode | None = field(default=None, init=False)
    """With the outputs up to there."""
    too_much: bool = field(default=False, init=False)
    """Whether a cell has shown more than it may."""
