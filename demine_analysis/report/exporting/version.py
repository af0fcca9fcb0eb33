"""Which figures and which code an export is made of, as a short hash. Needs no pandas."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demine_analysis.datasets.descriptor import FILE, read_descriptor
from demine_analysis.files import PENDING, read_current

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).resolve().parents[2]
_CODE = (
    "arguments.py", "frames.py", "scope.py", "vocabulary.py", "datasets", "model",
    "published/inputs.py", "reconciliation", "report/exporting",
)  # fmt: skip
"""What an export is made by; a page's look is none of it."""

_LIBRARIES = ("numpy", "pandas", "polars", "scipy")
_DATA = ("*.csv", "corrections.toml", "programme.toml", FILE)
_DIGITS = 12

EVERYTHING = "[null, []]"
"""What is asked where no metrics and no scopes are named."""


def digest_of(dataset: Path, asked: str = EVERYTHING) -> str:
    """Return a hash of a dataset's files, of what is asked of it, and of the code that answers.

    Parameters
    ----------
    dataset : Path
        The dataset's folder.
    asked : str
        The scopes that are exported, in any writing that is the same each time.
    """
    digest = hashlib.sha256(repr([asked, *map(_version, _LIBRARIES)]).encode())
    for path in sorted({each for pattern in _DATA for each in dataset.glob(pattern)}):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(read_current(path)).digest())
    for path in _code():
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_DIGITS]


def is_current(folder: Path, digest: str) -> bool:
    """Return whether a folder holds the export of this hash, every table byte for byte."""
    if (folder / PENDING).is_dir():
        return False  # a save was cut off, and the next one finishes it
    try:
        package = read_descriptor(folder)
        same = str(package["version"]).endswith(f"+{digest}")
        return same and all(_holds(folder, each) for each in package["resources"])
    except (OSError, ValueError, KeyError):
        return False


def _holds(folder: Path, resource: dict[str, Any]) -> bool:
    content = (folder / resource["path"]).read_bytes()
    return bool(resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}")


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""  # an export fails without it, and is tried again when it has come


def _code() -> Iterator[Path]:
    for name in _CODE:
        place = _PACKAGE / name
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (each for each in files if each.is_file() and each.suffix != ".pyc")
