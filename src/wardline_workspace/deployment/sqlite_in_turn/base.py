"""Django's SQLite, whose writers of one process take turns.

SQLite lets whoever finds the file locked sleep and try again, longer each time: of fifty at once some wait many seconds
while those who came later go first. Here only one thread of a process asks for the file; the others wait for that one.
"""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

__all__ = ["DatabaseWrapper"]

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits its turn before it begins a transaction, and gives it on at the end.

    It is kept from one request to the next, and given up where another file lies at its place, or none: what is
    written into a file that was taken away would be lost.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: threading.Lock | None = None
        self._file: tuple[int, int] | None = None

    def connect(self) -> None:
        """Open the file, and remember which one it is."""
        super().connect()
        self._file = self._file_there()

    def close_if_unusable_or_obsolete(self) -> None:
        """What Django asks at the begin and end of a request."""
        if self.connection is not None and not self.in_atomic_block and self._file != self._file_there():
            self.close()
        super().close_if_unusable_or_obsolete()

    def _file_there(self) -> tuple[int, int] | None:
        """Which file lies at its place; None where none does, or where the database is in memory."""
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_on()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._give_on()  # where it could not be committed Django rolls back, and that gives it on

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._give_on()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._give_on()

    def _take_turn(self) -> None:
        turn = _turns[str(self.settings_dict["NAME"])]
        if self._turn is None:
            if not turn.acquire(timeout=float(self.settings_dict["OPTIONS"].get("timeout", 20))):
                raise OperationalError("database is locked")
            self._turn = turn

    def _give_on(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()
