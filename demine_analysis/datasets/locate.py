"""Where datasets lie: the shipped ones, or those in a folder of the user's."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

from demine_analysis import resources
from demine_analysis.errors import DatasetError
from demine_analysis.vocabulary import did_you_mean

ENVIRONMENT = "DEMINE_DATA_HOME"
_NAME = re.compile(r"[\w][\w .-]*")
_TWICE = ", not of several"
_DATA = {".csv", ".json", ".toml"}


def home_folder(data_home: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder of the datasets: the argument, else the environment, else the shipped."""
    chosen = data_home if data_home is not None else os.environ.get(ENVIRONMENT) or None
    if chosen is None:
        return resources.data_folder()
    folder = Path(chosen).expanduser()
    if not is_folder(folder):
        origin = "data_home" if data_home is not None else ENVIRONMENT
        raise DatasetError(
            f"{origin} must be a folder with a folder for each dataset, got {str(folder)!r}, "
            "which is not one"
        )
    return folder


def dataset_names(home: Path) -> list[str]:
    """Return the datasets in a home: its folders that hold a CSV file, in order of name."""
    try:
        return sorted(
            each.name for each in home.iterdir() if _NAME.fullmatch(each.name) and has_data(each)
        )
    except OSError as cause:
        raise DatasetError(f"{home}: cannot be read: {cause.strerror}") from cause


def default_dataset(data_home: str | os.PathLike[str] | None = None) -> str:
    """Return the dataset that is meant where none is named.

    It is the only one, or the one whose `programme.toml` says `default = true`.

    Raises
    ------
    DatasetError
        Where there are several, and none or more than one says so.
    """
    home = home_folder(data_home)
    names = dataset_names(home)
    said = names if len(names) == 1 else [name for name in names if _says_default(home / name)]
    if len(said) == 1:
        return said[0]
    raise DatasetError(
        f"which dataset? {home} holds {', '.join(names) or 'none'}; name one, or write "
        f"default = true in the programme.toml of one{_TWICE if said else ''}"
    )


def _says_default(folder: Path) -> bool:
    try:
        written = tomllib.loads((folder / "programme.toml").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False
    return written.get("default") is True


def dataset_folder(name: str | None, data_home: str | os.PathLike[str] | None = None) -> Path:
    """Return a dataset's folder; None: of the one that is meant where none is named.

    Raises
    ------
    DatasetError
        Where there is none; the message lists what is there, with the nearest name.
    """
    home = home_folder(data_home)
    name = default_dataset(data_home) if name is None else name
    folder = home / str(name)
    if isinstance(name, str) and _NAME.fullmatch(name) and is_folder(folder):
        return folder
    raise DatasetError(_unknown(str(name), home))


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder; a path that cannot be one is not."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # ValueError: a NUL character in the path
        return False


def is_data(path: Path) -> bool:
    """Return whether a file of a dataset's folder is one of its data, and not left by a program."""
    return path.suffix in _DATA and not path.name.startswith(".") and path.is_file()


def has_data(folder: Path) -> bool:
    """Return whether a folder holds a CSV file."""
    return is_folder(folder) and any(folder.glob("*.csv"))


def _unknown(name: str, home: Path) -> str:
    names = dataset_names(home)
    there = "one of " + ", ".join(names) if names else "there, but the folder holds none"
    return f"dataset must be {there}{did_you_mean(name, names)}, got {name!r}; looked in {home}"
