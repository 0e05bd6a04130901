"""Files that were spoilt at random, given to every reader: each is read or refused in words, soon and in little memory.

A file of each kind is made, spoilt by a seed, and given to `wardline map check` in a process of its own. A traceback, a
process that dies, a reading that takes more than half a minute or two gigabytes is a failure: what is printed then
makes the same file again. `make fuzz MINUTES=60` goes on for that long.

Memory is what was resident at most. Addresses that are only set aside, as each thread's allocator does by the gigabyte,
take nothing from the machine; they are bounded further off, so that a reading that runs away ends before the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import polars as pl
import xlsxwriter

from tests.unit.workbooks.written_older import Cells, Ranges, write_xls, write_xlsb

__all__ = ["KINDS", "run_apart", "spoilt"]

SECONDS_FOR_A_FILE = 30
MEMORY = 2 << 30  # bytes resident, beyond what a process has that has only been started
ADDRESSES = 12 << 30  # bytes, beyond what such a process has set aside
AT_ONCE = 50
TOLD = (0, 3, 4)  # exit codes: read, or refused in words
HEADER = ("Ref", "Reported", "Found", "Note")
HOT = [b'"', b"'", b",", b"\n", b"\r", b"\0", b"\x1b", b"\xff", b"\xfe", b"&", b"*", b"!", b"{", b"[", b":", b"<", b">"]

MAPPING = """record system: sys
tables:
  - files: {files}
    each row is: a case
    case type: missing episode
    case id: Ref
    opened at: {{column: Reported, format: "%d/%m/%Y %H:%M"}}
    attributes: {{note: Note, found: {{column: Found, type: time, format: "%Y-%m-%d"}}}}
    events: {{child_found: Found}}
"""
QUERY = '{{query: "SELECT * FROM records ORDER BY Ref", database: "sqlite://{name}"}}'


def _rows(random: Random) -> list[tuple[str, str, str, str]]:
    start = datetime(2025, 1, 1)
    return [
        (
            f"E{number}",
            f"{start + timedelta(hours=number):%d/%m/%Y %H:%M}",
            f"{start + timedelta(days=number):%Y-%m-%d}" if number % 3 else "",
            random.choice(["", "left, late", 'said "no"', "caf\u00e9\nand more", "\u6f22 " * 20]),
        )
        for number in range(random.choice([1, 5, 60]))
    ]


def _csv(random: Random) -> bytes:
    separator = random.choice(",;\t|")
    lines = [separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in _rows(random)]
    text = separator.join(HEADER) + "\n" + "\n".join(lines)
    return text.encode(random.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), "replace")


def _workbook(random: Random) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEADER, *_rows(random)]):
            sheet.write_row(at, 0, row)
    return written.getvalue()


def _workbook_spoilt_inside(random: Random) -> bytes:
    """A workbook whose archive is whole, and one of whose parts is not."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook(random))) as whole, zipfile.ZipFile(written, "w") as archive:
        wanted = random.choice(whole.namelist())
        for name in whole.namelist():
            content = whole.read(name)
            archive.writestr(name, _spoil(content, random) if name == wanted else content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _workbook_that_swells(random: Random) -> bytes:
    """A workbook with a part that is a thousand times as large as it is packed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook(random))) as whole, zipfile.ZipFile(written, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            if name == random.choice(["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]):
                content = content.replace(b"</", b" " * (random.choice([1, 50]) << 20) + b"</", 1)
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _older_workbook(
    random: Random, ending: str, write: Callable[[Path, dict[str, tuple[Cells, Ranges]]], Path]
) -> bytes:
    rows = [HEADER, *_rows(random)]
    cells = {(at, column): text for at, row in enumerate(rows) for column, text in enumerate(row) if text}
    plain = {place: text.encode("latin-1", "replace").decode("latin-1") for place, text in cells.items()}
    merged = [(1, random.choice([1, len(rows), 65_535]), random.randrange(4), 3)]
    with tempfile.TemporaryDirectory() as folder:
        return write(Path(folder) / f"records.{ending}", {"One": (plain, merged)}).read_bytes()


def _xls(random: Random) -> bytes:
    return _older_workbook(random, "xls", write_xls)


def _xlsb(random: Random) -> bytes:
    return _older_workbook(random, "xlsb", write_xlsb)


def _parquet(random: Random) -> bytes:
    written = io.BytesIO()
    table = pl.DataFrame(_rows(random), list(HEADER), orient="row")
    if random.random() < 0.5:
        table = table.with_columns(pl.col("Found").str.to_date("%Y-%m-%d", strict=False), Note=pl.lit(1.5))
    table.write_parquet(written, compression=random.choice(["uncompressed", "snappy", "zstd"]))
    return written.getvalue()


def _database(random: Random) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.db"
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE records (Ref, Reported, Found, Note)")
        connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", _rows(random))
        connection.commit()
        connection.close()
        return path.read_bytes()


KINDS: dict[str, tuple[str, Callable[[Random], bytes]]] = {
    "csv": ("records.csv", _csv),
    "workbook": ("records.xlsx", _workbook),
    "workbook spoilt inside": ("records.xlsx", _workbook_spoilt_inside),
    "workbook that swells": ("records.xlsx", _workbook_that_swells),
    "older workbook": ("records.xls", _xls),
    "older workbook in a zip": ("records.xlsb", _xlsb),
    "parquet": ("records.parquet", _parquet),
    "database": ("records.db", _database),
    "mapping": ("records.csv", _csv),
}
SPOILT_ALREADY = ("workbook spoilt inside", "workbook that swells")


def spoilt(kind: str, seed: int, folder: Path) -> list[str]:
    """Make and spoil one file; returns the command that is to read it."""
    random = Random(f"{kind} {seed}")
    name, make = KINDS[kind]
    content = make(random)
    mapping = MAPPING.format(files=QUERY.format(name=name) if kind == "database" else name).encode()
    if kind == "mapping":
        mapping = _spoil(mapping, random)
    elif kind not in SPOILT_ALREADY and random.random() < 0.98:
        content = _spoil(content, random)
    (folder / "mapping.yaml").write_bytes(mapping)
    (folder / "exports").mkdir(exist_ok=True)
    (folder / ("" if kind == "database" else "exports") / name).write_bytes(content)
    return ["map", "check", str(folder / "mapping.yaml"), str(folder / "exports")]


def _spoil(content: bytes, random: Random) -> bytes:
    for _ in range(random.choice([1, 1, 2, 5, 20])):
        at = random.randrange(len(content) + 1)
        upto = min(len(content), at + random.choice([1, 1, 4, 30, 300]))
        what = random.randrange(7)
        if what == 0:
            content = content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]
        elif what == 1:
            content = content[:at] + random.choice(HOT) * random.choice([1, 1, 2, 50]) + content[at:]
        elif what == 2:
            content = content[:at] + content[upto:]
        elif what == 3:
            content = content[:at] + content[at:upto] * random.choice([2, 3, 100]) + content[upto:]
        elif what == 4:
            content = content[:at] + random.randbytes(upto - at) + content[upto:]
        elif what == 5:
            content = content[:at] + random.choice([b"\xff", b"\0", b"\x7f"]) * (upto - at) + content[upto:]
        elif random.random() < 0.3:
            content = content[:at]
    return content


def _read_all(kind: str, first: int, count: int, folder: Path) -> None:
    """Read some files, one after the other; each seed is printed before its file is read, and why it fails."""
    from wardline.cli import main

    main(["map", "check", "--help"])  # whatever is loaded and started, before memory is measured
    pl.select(pl.lit(1)).lazy().collect()
    set_aside = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (set_aside + ADDRESSES, set_aside + ADDRESSES))
    started = _resident_at_most()
    for seed in range(first, first + count):
        command = spoilt(kind, seed, folder)
        print(seed, file=sys.__stderr__, flush=True)
        before = time.monotonic()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
            code = main(command)
        took = time.monotonic() - before
        memory = _resident_at_most() - started
        if code not in TOLD or "Traceback" in told.getvalue() or took > SECONDS_FOR_A_FILE or memory > MEMORY:
            said = f"exit code {code} after {took:.0f} s and {memory >> 20:,} MB"
            print(f"{said}\n{told.getvalue()[-3000:]}", file=sys.__stderr__)
            sys.exit(1)


def _resident_at_most() -> int:
    """The most memory that this process has had at one time, in bytes; `getrusage` would count its parent's."""
    (peak,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(peak.split()[1]) * 1024


def run_apart(kind: str, first: int, count: int) -> str | None:
    """Read spoilt files in a process of their own; returns what went wrong, with the seed, or None."""
    with tempfile.TemporaryDirectory(prefix="wardline-fuzz-") as folder:
        command = [sys.executable, "-m", "tests.generative.fuzzing", "--kind", kind, "--seed", str(first)]
        try:
            done = subprocess.run(
                [*command, "--count", str(count), "--folder", folder],
                check=False,
                capture_output=True,
                text=True,
                timeout=60 + SECONDS_FOR_A_FILE * max(1, count // 10),
            )
        except subprocess.TimeoutExpired as stopped:
            return f"{kind}: took too long\n{(stopped.stderr or b'').decode()[-300:]}"
    return None if done.returncode == 0 else f"{kind}: died with {done.returncode}\n{done.stderr[-4000:]}"


def _go_on(minutes: float, first: int) -> int:
    end = time.monotonic() + minutes * 60
    while time.monotonic() < end:
        for kind in KINDS:
            wrong = run_apart(kind, first, AT_ONCE)
            if wrong is not None:
                print(wrong)
                return 1
        first += AT_ONCE
        print(f"{first:,} files of each kind were read or refused.", flush=True)
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=AT_ONCE)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    given = parser.parse_args()
    if given.kind is None:
        sys.exit(_go_on(given.minutes, given.seed))
    _read_all(given.kind, given.seed, given.count, given.folder)
