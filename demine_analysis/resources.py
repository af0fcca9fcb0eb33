"""Where the shipped data, notebooks and manifest lie: in a checkout or in the installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
_BUNDLE = _PACKAGE / "bundle"


def in_checkout() -> bool:
    """Return whether the package runs from a source checkout rather than from a wheel."""
    return not _BUNDLE.is_dir() and (_CHECKOUT / "pyproject.toml").is_file()


def root() -> Path:
    """Return the folder that holds `data/`, `notebooks/` and `reports/reports.toml`."""
    return _CHECKOUT if in_checkout() else _BUNDLE


def data_folder() -> Path:
    """Return the folder of the shipped datasets."""
    return root() / "data"


def notebooks_folder() -> Path:
    """Return the folder of the shipped notebooks."""
    return root() / "notebooks"


def manifest_path() -> Path:
    """Return the path of the shipped list of reports."""
    return root() / "reports" / "reports.toml"


def backtest_path(dataset: str) -> Path:
    """Return where a dataset's backtest lies that is shipped with the reports."""
    return root() / "reports" / "backtest" / f"{dataset}.json"
