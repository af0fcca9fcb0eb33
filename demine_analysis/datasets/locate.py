"""Where datasets lie: the shipped ones, or those in a folder of the user's."""

from __future__ import annotations

import os
import re
from pathlib import Path

from demine_analysis import resources
from demine_analysis.errors import DatasetError
from demine_analysis.vocabulary import did_you_mean

ENVIRONMENT = "DEMINE_DATA_HOME"
_NAME = re.compile(r"[\w][\w .-]*")


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


def dataset_folder(name: str, data_home: str | os.PathLike[str] | None = None) -> Path:
    """Return a dataset's folder.

    Raises
    ------
    DatasetError
        Where there is none; the message lists what is there, with the nearest name.
    """
    home = home_folder(data_home)
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


def has_data(folder: Path) -> bool:
    """Return whether a folder holds a CSV file."""
    return is_folder(folder) and any(folder.glob("*.csv"))


def _unknown(name: str, home: Path) -> str:
    names = dataset_names(home)
    there = "one of " + ", ".join(names) if names else "there, but the folder holds none"
    return f"dataset must be {there}{did_you_mean(name, names)}, got {name!r}; looked in {home}"
