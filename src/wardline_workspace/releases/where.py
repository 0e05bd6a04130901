"""Where the files of a release are. The way back from its codes is in a folder of its own, which is in no archive."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

__all__ = ["archive_of", "folder_of", "releases_folder", "way_back_of", "ways_back_folder"]


def releases_folder() -> Path:
    """The folder of all releases."""
    return Path(settings.DEPLOYMENT.folder) / "releases"


def ways_back_folder() -> Path:
    """The folder of the ways back, which stays with the force."""
    return Path(settings.DEPLOYMENT.folder) / "ways-back"


def folder_of(number: int) -> Path:
    """The folder of one release."""
    return releases_folder() / f"release-{number}"


def archive_of(number: int) -> Path:
    """The same as one file, to be handed over."""
    return releases_folder() / f"release-{number}.zip"


def way_back_of(number: int) -> Path:
    """Which code of it is which case."""
    return ways_back_folder() / f"release-{number}.csv"
