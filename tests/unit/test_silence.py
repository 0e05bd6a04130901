"""What a library writes past Python is not heard in a block of silence, and is again after it."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from wardline.silence import silence


def test_nothing_is_heard_in_the_block_and_everything_around_it(capfd: pytest.CaptureFixture[str]) -> None:
    print("before", file=sys.stderr)
    with silence():
        os.write(2, b"Zebedee")
        with silence():
            os.write(2, b"Quixworth")
        os.write(2, b"still")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before\nafter"


def test_it_is_heard_again_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), silence():
        raise ZeroDivisionError
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_blocks_in_several_threads_are_silent_until_the_last_one_ends(capfd: pytest.CaptureFixture[str]) -> None:
    inside, first_is_over = Barrier(2, timeout=10), Barrier(2, timeout=10)

    def one_after_the_other(is_first: bool) -> None:
        with silence():
            inside.wait()
            if not is_first:
                first_is_over.wait()
                os.write(2, b"Zebedee")
        if is_first:
            first_is_over.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one_after_the_other, [True, False]))
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_without_a_stderr_a_block_is_silent_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    with silence():
        pass
