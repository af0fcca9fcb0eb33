"""Chromium, and a site rendered as `demine render --all` does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright
from watching import SWITCHES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return where Chromium is. In CI its absence is a failure: nothing may stay untried there."""
    path = shutil.which("chromium")
    if path is None and os.environ.get("DEMINE_BROWSER") == "required":
        pytest.fail("there is no chromium on the path, and DEMINE_BROWSER=required")
    if path is None:
        pytest.skip("there is no chromium on the path")
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    # One a module: while Playwright runs, other tests could not use asyncio.
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(SWITCHES))
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - no browser, no site
    """Return a folder with every page of the manifest; workers of one run share it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    command = [sys.executable, "-m", "demine_analysis.cli", "render", "--all", "-o"]
    # The second worker waits for the first one's lock and finds all pages up to date.
    done = subprocess.run(
        [*command, str(folder / "browser-site")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "browser-site"
