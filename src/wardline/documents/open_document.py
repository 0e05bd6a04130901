"""Files in OpenDocument, as spreadsheets and text programs of every maker open them. The same content, the same bytes.

Such a file is a ZIP archive of XML files. `docs/decisions/0011` says why no library writes it.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.sax.saxutils import escape

from wardline.threads import in_turn

__all__ = [
    "DAMAGED_ARCHIVE",
    "NAMES",
    "OASIS",
    "PROLOGUE",
    "open_document",
    "paragraphs",
    "printable",
    "stamped_member",
    "write_in_pieces",
]

# What Python raises where an archive, or an XML file in it, is not as it should be: from the table of contents to the
# last byte. NotImplementedError is of a version or a compression that it does not know, which damage may claim;
# LookupError of a file that is not there, or of an encoding that nobody knows.
DAMAGED_ARCHIVE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
)

# What XML 1.0 cannot contain, not even escaped: most control characters, lone surrogates and two non-characters.
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# OpenDocument reads several spaces as one and drops those at either end, unless they are counted.
SPACES_TO_COUNT = re.compile("^ +| {2,}| +$")
# Nearly every text is free of all this, and is then a paragraph as it is.
NEEDS_CARE = re.compile(f"{NOT_XML.pattern}|[\t\n\r]|{SPACES_TO_COUNT.pattern}")

# A ZIP archive stamps its members with a time; the earliest that it can hold says nothing about when this was made.
STAMP = (1980, 1, 1, 0, 0, 0)
CHARACTERS_AT_ONCE = 1 << 22
PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = (
    f'xmlns:office="{OASIS}:office:1.0" xmlns:style="{OASIS}:style:1.0" xmlns:table="{OASIS}:table:1.0" '
    f'xmlns:text="{OASIS}:text:1.0" xmlns:fo="{OASIS}:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
)


def open_document(media_type: str, content: Iterator[str]) -> bytes:
    """The archive with this `content.xml`, which is written piece by piece, so that it is never in memory twice."""
    manifest = (
        f'{PROLOGUE}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{media_type}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>\n"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        # First and uncompressed, as the format asks, so that the type can be read from the first bytes.
        archive.writestr(stamped_member("mimetype", zipfile.ZIP_STORED), media_type)
        archive.writestr(stamped_member("META-INF/manifest.xml"), manifest)
        write_in_pieces(archive, "content.xml", content)
    return written.getvalue()


def write_in_pieces(archive: zipfile.ZipFile, name: str, content: Iterator[str]) -> None:
    """Write a member of an archive as its text is made, so that it is never in memory twice."""
    with archive.open(stamped_member(name), "w") as file:
        # Compressed one after the other in a thread of its own, while the next one is made.
        for _ in in_turn(file.write, _pieces(content), at_once=1):
            pass


def _pieces(content: Iterator[str]) -> Iterator[bytes]:
    waiting, length = [], 0
    for part in content:
        waiting.append(part)
        length += len(part)
        if length >= CHARACTERS_AT_ONCE:
            yield "".join(waiting).encode("utf-8")
            waiting, length = [], 0
    yield "".join(waiting).encode("utf-8")


def paragraphs(text: str, styled: str = "") -> str:
    """Each line of a text as a paragraph, with each of its spaces and tabs; `styled` is the attribute of its style."""
    if not NEEDS_CARE.search(text):
        return f"<text:p{styled}>{escape(text)}</text:p>"
    lines = escape(printable(text)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join(f"<text:p{styled}>{_spaced(line)}</text:p>" for line in lines)


def printable(text: str) -> str:
    """With a replacement character for each that XML cannot contain, so that something is seen to have been there."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _spaced(line: str) -> str:
    counted = SPACES_TO_COUNT.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', line)
    return counted.replace("\t", "<text:tab/>")


def stamped_member(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """A member of an archive that says nothing of when or where it was made."""
    member = zipfile.ZipInfo(name, STAMP)
    member.compress_type = compression
    member.create_system = 3  # the same on Windows as elsewhere
    member.external_attr = 0o600 << 16
    return member
