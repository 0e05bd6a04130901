"""Files and folders that may not be opened; also where tests are run by the superuser, to whom nothing is closed."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# Of Linux: to pass over the permissions of files, and those of folders and of reading.
PASSES_OVER_PERMISSIONS = (1 << 1) | (1 << 2)
VERSION = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


@contextmanager
def closed(*paths: Path, mode: int = 0) -> Iterator[None]:
    """Take from everybody, ourselves included, what the mode does not leave them, while the block runs."""
    before = [(path, path.stat().st_mode) for path in paths]
    try:
        for path in paths:
            path.chmod(mode)
        with _without_the_rights_of_the_superuser():
            yield
    finally:
        for path, was in reversed(before):
            path.chmod(was)


@contextmanager
def _without_the_rights_of_the_superuser() -> Iterator[None]:
    if sys.platform == "win32":
        pytest.skip("the permissions of files are others on Windows")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("nothing is closed to the superuser, and only Linux lets a thread give up its rights")
    system = ctypes.CDLL(None, use_errno=True)
    rights = (ctypes.c_uint32 * 6)()  # twice those that are in force, allowed and inherited
    if system.capget(ctypes.byref(_Header(VERSION, 0)), rights) != 0:
        pytest.skip("this system does not say which rights a thread has")
    before = rights[0]
    rights[0] &= ~PASSES_OVER_PERMISSIONS
    if system.capset(ctypes.byref(_Header(VERSION, 0)), rights) != 0:
        pytest.skip("this system does not let a thread give up its rights")
    try:
        yield
    finally:
        rights[0] = before
        assert system.capset(ctypes.byref(_Header(VERSION, 0)), rights) == 0
