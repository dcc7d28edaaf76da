"""A browser and a server of example pages; skipped where there is no Chromium, but not in CI."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SERVER = "cleanclaim.web.workbench.tests.example.serve"


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where the pictures are kept for looking at; not in git."""
    place = Path(__file__).parents[2] / "build" / "screens"
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the example pages are served."""
    command = [sys.executable, "-W", "error", "-m", _SERVER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium.

    Not for the whole session: while it runs, Django takes this thread for an asynchronous one.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        message = "no Chromium here: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
