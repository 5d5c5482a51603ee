"""The browser that tests drive: found, or installed from Debian's packages where that is possible."""

import os
import shutil
import subprocess

from deploy.install import step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def install_browser() -> str | None:
    """Install Chromium where we are root on a Debian; returns its path, None where it could not be."""
    if found := find_browser():
        return found
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    step("chromium: installing from Debian's packages…")
    quiet = {"check": False, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(command, env=environment, **quiet)  # type: ignore[call-overload]
    return find_browser()
