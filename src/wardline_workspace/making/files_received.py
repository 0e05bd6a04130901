"""What came in, looked at before it is kept: its kind by its content, and archives unpacked with limits."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from wardline.documents.open_document import DAMAGED_ARCHIVE
from wardline.record_systems.exports.opening import PARQUET_ENDINGS
from wardline.table_files.files_in_folders import is_hidden

__all__ = ["NotTaken", "Received", "receive"]

LONGEST_NAME = 120
MOST_IN_ARCHIVE = 200
SWELLS_TO = 8  # times the limit for what is uploaded
AT_ONCE = 1 << 20
LOOKED_AT = 1 << 16
TEXT_ENDINGS = (".csv", ".txt", ".tsv")
NO_TEXT = {  # what begins so is no table, though it may be called one
    b"%PDF": "a PDF",
    b"{\\rtf": "a text of a word processor",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<html": "a web page",
    b"<!doc": "a web page",
    b"<tabl": "a web page",
    b"<?xml": "an XML file",
    b"SQLit": "a database",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "an archive",
    b"Rar!": "an archive",
}
ENDINGS_OF = {
    "a workbook": (".xlsx", ".xlsm", ".xlsb"),
    "an OpenDocument spreadsheet": (".ods",),
    "an older workbook": (".xls",),
    "a Parquet file": PARQUET_ENDINGS,
    "a text": TEXT_ENDINGS,
    "an archive": (".zip",),
}


class NotTaken(Exception):
    """A file is not taken; the sentence says why, and what would be."""


@dataclass(frozen=True)
class Received:
    """A file that can be kept: its name, and what it is known by where its name may not stand."""

    name: str
    path: Path
    size: int
    sha256: str


def receive(came: Iterable[tuple[str, BinaryIO]], folder: Path, *, limit: int) -> list[Received]:
    """Write what came into a folder, archives unpacked. Raises NotTaken of all that is not taken, or OSError."""
    reasons: list[str] = []
    found: list[Received] = []
    for name, content in came:
        try:
            found += _received(name, content, folder, limit)
        except NotTaken as reason:
            reasons.append(str(reason))
    names = [one.name.casefold() for one in found]
    reasons += [
        f"Two files are called “{one.name}”. Rename one." for one in found if names.count(one.name.casefold()) > 1
    ][:1]
    if reasons:
        raise NotTaken("\n".join(reasons))
    return found


def _received(name: str, content: BinaryIO, folder: Path, limit: int) -> list[Received]:
    name = _clean(name)
    path = folder / name
    if path.exists():
        raise NotTaken(f"Two files are called “{name}”. Rename one.")
    with path.open("xb") as written:
        shutil.copyfileobj(content, written, AT_ONCE)
    kind = _kind(path, name, limit)
    if kind == "an archive":
        unpacked = _unpack(path, name, folder, limit)
        path.unlink()
        return unpacked
    return [Received(name, path, path.stat().st_size, _hash(path))]


def _clean(name: str) -> str:
    name = name.replace("\\", "/").rpartition("/")[2].strip()
    if not name or is_hidden(name) or not name.isprintable():
        raise NotTaken("A file has no name that people can see. Rename it, and choose it again.")
    if len(name) > LONGEST_NAME:
        raise NotTaken(
            f"The name “{name[:30]}…” is longer than {LONGEST_NAME} letters. Rename it, and choose it again."
        )
    return name


def _kind(path: Path, name: str, limit: int) -> str:
    """What a file is by its content. Raises NotTaken where that is no table, or is not what its name says."""
    kind = _kind_by_content(path, name, limit)
    endings, ending = ENDINGS_OF[kind], path.suffix.casefold()
    if ending not in endings:
        raise NotTaken(
            f"“{name}” is {kind} by what is in it, and its name ends otherwise. Rename it so that it ends in "
            f"{endings[0]}, or save it again as what it should be."
        )
    return kind


def _kind_by_content(path: Path, name: str, limit: int) -> str:
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    if not head:
        raise NotTaken(f"“{name}” is empty. Ask for the export again.")
    if head.startswith(b"PK"):
        return _kind_of_archive(path, name, limit)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "an older workbook"
    if head.startswith(b"PAR1"):
        return "a Parquet file"
    begins = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:16]
    for sign, what in NO_TEXT.items():
        if begins.lower().startswith(sign.lower()) or head.startswith(sign):
            raise NotTaken(f"“{name}” is {what}, not a table. Save it as CSV or as a workbook, and choose that.")
    if not _is_text(head):
        raise NotTaken(
            f"“{name}” is not a table that can be read here. Take CSV, a workbook (XLSX, XLS, ODS) or Parquet."
        )
    return "a text"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # What no export has as text: control signs other than tabs, ends of lines and pages, and the old end-of-file sign.
    return not any(byte < 32 and byte not in (9, 10, 11, 12, 13, 26) for byte in head)


def _kind_of_archive(path: Path, name: str, limit: int) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = {member.filename for member in archive.infolist()}
            if members & {"[Content_Types].xml", "mimetype"} and _size(archive) > limit * SWELLS_TO:
                raise NotTaken(f"“{name}” swells to far more than may be uploaded. Save it again in parts, or as CSV.")
            if "[Content_Types].xml" in members and any(one.startswith("xl/") for one in members):
                return "a workbook"
            if "mimetype" in members and b"opendocument.spreadsheet" in archive.open("mimetype").read(100):
                return "an OpenDocument spreadsheet"
            if "[Content_Types].xml" in members or "mimetype" in members:
                raise NotTaken(f"“{name}” is a text or slides, not a table. Save it as CSV or as a workbook.")
            return "an archive"
    except DAMAGED_ARCHIVE:
        raise NotTaken(f"“{name}” is damaged: it cannot be opened. Ask for it again.") from None


def _size(archive: zipfile.ZipFile) -> int:
    return sum(member.file_size for member in archive.infolist())


def _unpack(path: Path, name: str, folder: Path, limit: int) -> list[Received]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not _is_of_the_system(one.filename)]
            _see_whether_it_is_harmless(members, name)
            found, left = [], limit * SWELLS_TO
            for member in members:
                received, left = _member(archive, member, name, folder, (left, limit))
                found.append(received)
            return found
    except DAMAGED_ARCHIVE:
        raise NotTaken(
            f"“{name}” is damaged, or is locked with a password. Unpack it yourself, and choose the files."
        ) from None


def _is_of_the_system(filename: str) -> bool:
    parts = PurePosixPath(filename).parts
    return "__MACOSX" in parts or (bool(parts) and is_hidden(parts[-1]))


def _see_whether_it_is_harmless(members: Sequence[zipfile.ZipInfo], name: str) -> None:
    if not members:
        raise NotTaken(f"There is nothing in “{name}”.")
    if len(members) > MOST_IN_ARCHIVE:
        raise NotTaken(
            f"“{name}” holds {len(members):,} files; at most {MOST_IN_ARCHIVE} are unpacked. Choose those that are "
            "needed."
        )
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
            raise NotTaken(f"“{name}” would put a file outside its folder. It is not unpacked: ask who made it.")
        if (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise NotTaken(f"“{name}” holds a link to another place. It is not unpacked: ask who made it.")
        if member.flag_bits & 1:
            raise NotTaken(f"“{name}” is locked with a password. Unpack it yourself, and choose the files.")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, folder: Path, room: tuple[int, int]
) -> tuple[Received, int]:
    left, limit = room
    inner = _clean(member.filename)
    to = folder / inner
    if to.exists():
        raise NotTaken(f"Two files are called “{inner}” in “{name}”. Rename one.")
    with archive.open(member) as packed, to.open("xb") as written:
        while piece := packed.read(AT_ONCE):
            left -= len(piece)
            # What an archive says of its sizes is not believed: they are counted.
            if left < 0:
                raise NotTaken(f"“{name}” swells to far more than may be uploaded. It is not unpacked.")
            written.write(piece)
    if _kind(to, inner, limit) == "an archive":
        raise NotTaken(f"There is an archive within “{name}”. Unpack it yourself, and choose the files.")
    return Received(inner, to, to.stat().st_size, _hash(to)), left


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
