"""The streams of a compound file, which is a small disk in one file: in such a file lies every XLS workbook.

The disk has sectors, and a table that says of each which one follows it. A short stream lies in small sectors, which
are pieces of a stream of their own.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

from wardline.workbooks.workbook_parts import CannotBeRead

__all__ = ["check_size", "damaged", "is_compound", "stream_of"]

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
HEADER = 512
LAST_SECTOR = 0xFFFFFFFA  # numbers from here on are of no sector: the end of a chain, or one that is not used
IN_HEADER = 109  # sectors of the table that the header names itself
ENTRY = 128
STREAM, ROOT = 2, 5


def is_compound(data: bytes) -> bool:
    """Whether a file is a compound file."""
    return data.startswith(SIGNATURE)


def check_size(path: Path) -> None:
    """Raise CannotBeRead where a compound file says that its tables are larger than the whole of it.

    Whoever makes room for what it says takes the machine for a few bytes.
    """
    with path.open("rb") as file:
        header = file.read(HEADER)
    if not is_compound(header):
        return
    if len(header) < HEADER:
        raise damaged()
    [shift] = struct.unpack_from("<H", header, 30)
    sectors_of_tables = [struct.unpack_from("<I", header, at)[0] for at in (44, 64, 72)]
    if max(sectors_of_tables) << min(shift, 16) > path.stat().st_size:
        raise damaged()


def stream_of(data: bytes, name: str) -> bytes | None:
    """The stream of a name, in whatever letters; None where there is none. Raises CannotBeRead where it is damaged."""
    try:
        return _Disk(data).stream(name)
    except (struct.error, IndexError, UnicodeDecodeError):
        raise damaged() from None


def damaged() -> CannotBeRead:
    """That a workbook cannot be read to its end."""
    return CannotBeRead("This workbook is damaged: a part of it cannot be read.")


class _Disk:
    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if not (7 <= shift <= 16 and 2 <= small_shift < shift):
            raise damaged()
        self.size, self.small_size = 1 << shift, 1 << small_shift
        self.directory_at, _, self.shortest, small_table_at, _, further, _ = struct.unpack_from("<7I", data, 48)
        self.next_of = self._numbers(self._sectors_of_table(further))
        self.small_next_of = self._numbers(self._chain(small_table_at, self.next_of))

    def stream(self, name: str) -> bytes | None:
        directory = self._joined(self._chain(self.directory_at, self.next_of))
        small: bytes = b""
        found = None
        for at in range(0, len(directory), ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            called = directory[at : at + max(length - 2, 0)].decode("utf-16-le")
            if kind == ROOT:
                small = self._joined(self._chain(start, self.next_of))
            elif kind == STREAM and called.casefold() == name.casefold() and found is None:
                found = start, size
        if found is None:
            return None
        start, size = found
        if size >= self.shortest:
            return self._joined(self._chain(start, self.next_of))[:size]
        pieces = (small[at * self.small_size :][: self.small_size] for at in self._chain(start, self.small_next_of))
        return b"".join(pieces)[:size]

    def _sectors_of_table(self, further: int) -> list[int]:
        """The sectors of the table: those that the header names, and those of a chain of lists of further ones."""
        sectors = list(struct.unpack_from(f"<{IN_HEADER}I", self.data, HEADER - 4 * IN_HEADER))
        lists = 0
        while further < LAST_SECTOR:
            named = struct.unpack(f"<{self.size // 4}I", self._sector(further))
            sectors += named[:-1]
            further = named[-1]
            lists += 1
            if lists * self.size > len(self.data):
                raise damaged()
        return [sector for sector in sectors if sector < LAST_SECTOR]

    def _chain(self, first: int, next_of: Sequence[int]) -> list[int]:
        found: list[int] = []
        at = first
        while at < LAST_SECTOR:
            found.append(at)
            at = next_of[at]
            if len(found) > len(next_of):
                raise damaged()
        return found

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        sector = self.data[start : start + self.size]
        if not sector:
            raise damaged()
        return sector

    def _joined(self, sectors: Sequence[int]) -> bytes:
        return b"".join(map(self._sector, sectors))

    def _numbers(self, sectors: Sequence[int]) -> tuple[int, ...]:
        held = self._joined(sectors)
        return struct.unpack(f"<{len(held) // 4}I", held[: len(held) // 4 * 4])
