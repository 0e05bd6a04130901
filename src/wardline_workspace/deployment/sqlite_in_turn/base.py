"""Django's SQLite, whose writers of one process take turns.

SQLite lets whoever finds the file locked sleep and try again, longer each time: of fifty at once some wait many seconds
while those who came later go first. Here only one thread of a process asks for the file; the others wait for that one.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

__all__ = ["DatabaseWrapper"]

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits its turn before it begins a transaction, and gives it on at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: threading.Lock | None = None

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
