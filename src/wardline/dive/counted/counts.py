"""What reading counted of each file, and what else is to be known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from wardline.english import number, some_of
from wardline.measures import ReadingCount, RejectKind, RejectsFound
from wardline.record_systems import Reading, Remark
from wardline.record_systems.exports.files_not_read import UnreadFile
from wardline.record_systems.rows.rejects import REASONS, RemarkKind

__all__ = [
    "doubts_by_system",
    "not_read",
    "reading_counts",
    "remarks_by_system",
    "tables_not_read",
    "unread_files_in_words",
]

NAMES_SHOWN = 20
# Letters, pictures, scripts and what a desktop leaves behind. Every other ending may be that of an export: an archive
# (`.zip`), a database (`.accdb`), one of a system's own (`.dat`), or none.
NO_TABLES = (
    *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".md", ".ppt", ".pptx"),
    *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".bmp", ".tif", ".tiff"),
    *(".py", ".sh", ".bat", ".ps1", ".ini", ".lnk", ".url", ".sha256", ".md5"),
)


def reading_counts(reading: Reading) -> tuple[ReadingCount, ...]:
    """Rows of each file: in = kept + left out + rejected."""
    counts = tuple(
        ReadingCount(one.source, one.file, one.rows_in, one.kept, one.left_out, one.rejected) for one in reading.files
    )
    for one in counts:
        assert one.rows_in == one.kept + one.left_out + one.rejected, f"rows of {one.file} were lost on the way"
    return counts


def not_read(rejects: RejectsFound) -> tuple[RejectKind, ...]:
    """What was rejected and could have put a case on the list of children to check, most frequent first."""
    hiding = {reason.value for reason in REASONS if reason.may_hide_a_child}
    return tuple(one for one in rejects.kinds if one.reason in hiding)


def tables_not_read(reading: Reading) -> tuple[str, ...]:
    """Files and sheets that may hold cases and that no table reads, a sentence each; a note or a letter is not one."""
    sheets = (str(one) for one in reading.remarks if one.kind is RemarkKind.UNREAD_SHEETS)
    may_be_tables = [one for one in reading.unread_files if not one.name.casefold().endswith(NO_TABLES)]
    return (*sheets, *_files_in_words(may_be_tables))


def remarks_by_system(reading: Reading) -> tuple[str, ...]:
    """What else was noted, the files of a system together: `missing: Local times … : 12 (in 3 files).`"""
    return (*_together(reading.remarks), *unread_files_in_words(reading))


def doubts_by_system(reading: Reading) -> tuple[str, ...]:
    """Those of them that may have kept a case from the list of children to check."""
    return tuple(_together(one for one in reading.remarks if one.kind.may_hide_a_child))


def _together(remarks: Iterable[Remark]) -> list[str]:
    together: dict[tuple[str, object, str | None], list[Remark]] = {}
    for one in remarks:
        together.setdefault((one.source, one.kind, one.column), []).append(one)
    found = []
    for (source, _, _), mine in together.items():
        if len(mine) == 1:
            found.append(str(mine[0]))
            continue
        said = replace(mine[0], count=sum(one.count for one in mine)).text.rstrip(".")
        found.append(f"{source}: {said} (in {number(len(mine))} files).")
    return found


def unread_files_in_words(reading: Reading) -> tuple[str, ...]:
    """The files that no table reads, a sentence for each system: `missing: Files that no table reads: FEB.CSV.`"""
    return tuple(_files_in_words(reading.unread_files))


def _files_in_words(files: Iterable[UnreadFile]) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for one in files:
        names.setdefault(one.system, []).append(str(one))
    for system, mine in names.items():
        yield f"{system}: Files that no table reads: {some_of(mine, NAMES_SHOWN)}."
