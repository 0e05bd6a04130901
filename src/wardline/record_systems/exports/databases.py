"""Queries of databases, read like files: the result is copied to a Parquet file in a working folder, and read from
there.
"""

from __future__ import annotations

import hashlib
import os
import socket
import sqlite3
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from wardline.errors import ExportError, Place, Problem, ProblemKind
from wardline.invisible_signs import as_named
from wardline.record_systems.exports.export_files import ROWS_AT_ONCE, Export
from wardline.record_systems.exports.parquet_files import open_parquet
from wardline.record_systems.exports.what_databases_say import database_problem, not_answered
from wardline.record_systems.mapping.addresses import Address, UnknownVariable, find_address, says_order
from wardline.record_systems.mapping.cells import Query
from wardline.silence import silence

__all__ = ["open_query"]

WAIT_FOR_AN_ANSWER = 5  # seconds
# What makes a session one that only reads, whatever the query, where a database has such sessions.
ONLY_READS = {
    "postgresql": "SET default_transaction_read_only = on",
    "postgres": "SET default_transaction_read_only = on",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
}
ANY_ROW = {"oracle": "SELECT 1 FROM DUAL"}


def open_query(
    query: Query, name: str, working: Path, where: Place, *, folder: Path, variables: Dictionary[str, str]
) -> Export:
    """Ask a database and keep its answer in the folder `working`. Raises ExportError, which never holds the address."""
    address = _address(query, where, folder, variables)
    _see_whether_it_answers(address, where)
    spooled = working / f"{name.replace(' ', '-')}-{len(list(working.glob('*.parquet')))}.parquet"
    emptied: Counter[str] = Counter()
    row_count = _spool(query, address, spooled, where, emptied)
    if row_count == 0:
        raise ExportError(
            Problem(
                ProblemKind.EMPTY_FILE,
                "This query returns no rows.",
                "Look at its conditions. If there is truly nothing yet, leave this table out of the mapping.",
                where,
            )
        )
    export = open_parquet(spooled, name, str(where))
    return replace(
        export,
        sha256=_digest(export),
        is_without_order=not says_order(query.text),
        emptied=emptied,
        may_be_typed=address.file is not None,  # a SQLite file holds times as texts, in the manner of its own functions
    )


def _address(query: Query, where: Place, folder: Path, variables: Dictionary[str, str]) -> Address:
    try:
        return find_address(query.database, variables, folder)
    except UnknownVariable as missing:
        raise database_problem(
            where,
            f"The environment variable `{missing}`, which the address of the database names, is not set.",
            f"Set it before the command: export {missing}=…",
        ) from None
    except ValueError:
        raise database_problem(
            where,
            "With its environment variables filled in, this is not the address of a database that can be read.",
            "See that their values have no spaces or line ends, and that the address begins as postgresql:// does.",
        ) from None


def _see_whether_it_answers(address: Address, where: Place) -> None:
    """Raise ExportError where nobody is there: the library below would try for half a minute."""
    if address.file is not None:
        if not os.path.isfile(address.file):
            raise database_problem(
                where,
                f"There is no file `{address.file}`.",
                "Correct the address: sqlite:/// with three strokes begins at the top of the disk, with two at the "
                "folder of the mapping.",
            )
        return
    if address.host is None:
        return
    try:
        socket.create_connection((address.host, address.port or 0), timeout=WAIT_FOR_AN_ANSWER).close()
    except OSError as error:
        said = (error.strerror or "it did not answer in time").lower()
        raise database_problem(
            where,
            f"No connection to {address.host}, port {address.port}: {said}.",
            "Check the host and the port of the address, and that this machine may reach it.",
        ) from None


def _see_whether_it_lets_us_in(connectorx: Any, address: Address, where: Place) -> None:
    """Raise ExportError where the simplest query has no answer in time: the library tries a wrong password for long."""
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            connectorx.read_sql(address.text, ANY_ROW.get(address.scheme, "SELECT 1 AS one"), return_type="arrow")
        except BaseException as error:  # noqa: BLE001 - it may also panic, which is no Exception
            failed.append(error)

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(WAIT_FOR_AN_ANSWER - 1)
    if failed:
        raise failed[0]
    if asking.is_alive():
        raise database_problem(
            where,
            f"The database at {address.shown} does not let this user in, or does not answer in time.",
            "Check the user and the password in the environment variables, then the name of the database.",
        )


def _spool(query: Query, address: Address, path: Path, where: Place, emptied: Counter[str]) -> int:
    """Write the result to a Parquet file, some rows at a time; returns how many there were.

    Cells that hold no text are counted in `emptied`, by column.
    """
    if address.file is None:
        answer = _answer_of_server(query, address, where)
    else:
        answer = _answer_of_file(query, address.file, emptied)
    count = 0
    writer = None
    try:
        with silence():
            for batch in answer:
                if writer is None:
                    writer = pyarrow.parquet.ParquetWriter(path, batch.schema, compression="lz4")
                writer.write_table(batch)
                count += batch.num_rows
    except (KeyboardInterrupt, SystemExit, MemoryError, ExportError):
        raise
    except BaseException as error:  # noqa: BLE001 - it may also panic, which is no Exception
        raise not_answered(str(error), query, address, where) from None
    finally:
        if writer is not None:
            writer.close()
    return count


def _answer_of_file(query: Query, file: Path, emptied: Counter[str]) -> Iterator[pa.Table]:
    """The rows of a SQLite file as text: its cells are of a type each, whatever their column says."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.text_factory = _decoded
        cursor = connection.execute(query.text)
        schema = pa.schema([(column[0], pa.string()) for column in cursor.description])
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            columns = []
            for at, name in enumerate(schema.names):
                cells = [row[at] for row in rows]
                if without_text := sum(isinstance(cell, bytes) for cell in cells):
                    emptied[as_named(name)] += without_text
                columns.append(pa.array([_as_text(cell) for cell in cells], pa.string()))
            yield pa.Table.from_arrays(columns, schema=schema)


def _decoded(text: bytes) -> str | bytes:
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text


def _as_text(cell: object) -> str | None:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2.0**53:
        return str(int(cell))
    return None if cell is None or isinstance(cell, bytes) else str(cell)


def _answer_of_server(query: Query, address: Address, where: Place) -> Iterator[pa.Table]:
    connectorx = _connectorx(where)
    _see_whether_it_lets_us_in(connectorx, address, where)
    answer: Any = connectorx.read_sql(
        address.text,
        query.text,
        return_type="arrow_stream",
        batch_size=ROWS_AT_ONCE,
        pre_execution_query=ONLY_READS.get(address.scheme),
    )
    for batch in answer:
        yield pa.Table.from_batches([batch])


def _connectorx(where: Place) -> Any:
    # It writes to the terminal, even after it was given up, what a database says of a user: quiet it where it starts.
    before = os.environ.get("RUST_LOG")
    os.environ["RUST_LOG"] = "off"
    try:
        import connectorx
    except ImportError:
        raise database_problem(
            where,
            "Reading a database needs a library that is not installed.",
            "Install it with: pip install wardline[database]",
        ) from None
    finally:
        os.environ.pop("RUST_LOG")
        if before is not None:
            os.environ["RUST_LOG"] = before
    return connectorx


def _digest(export: Export) -> str:
    """The SHA-256 of the result as it is read: its header and rows as a CSV file in UTF-8, commas between the cells."""
    found = hashlib.sha256()
    for position, batch in enumerate(export.read()):
        rows = batch.rows.drop("row").rename(
            {column: name for column, name in zip(batch.rows.columns[1:], _once(export.header), strict=True)}
        )
        found.update(rows.write_csv(include_header=position == 0).encode())
    return found.hexdigest()


def _once(header: tuple[str, ...]) -> list[str]:
    return [name if name not in header[:at] else f"{name} ({at + 1})" for at, name in enumerate(header)]
