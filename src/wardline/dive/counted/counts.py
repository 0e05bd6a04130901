"""What reading counted of each file, and what else is to be known of them."""

from __future__ import annotations

from dataclasses import replace

from wardline.english import number, some_of
from wardline.measures import ReadingCount, RejectKind, RejectsFound
from wardline.record_systems import Reading, Remark
from wardline.record_systems.rows.rejects import REASONS

__all__ = ["not_read", "reading_counts", "remarks_by_system", "unread_files_in_words"]

NAMES_SHOWN = 20


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


def remarks_by_system(reading: Reading) -> tuple[str, ...]:
    """What else was noted, the files of a system together: `missing: Local times … : 12 (in 3 files).`"""
    together: dict[tuple[str, object, str | None], list[Remark]] = {}
    for one in reading.remarks:
        together.setdefault((one.source, one.kind, one.column), []).append(one)
    found = []
    for (source, _, _), mine in together.items():
        if len(mine) == 1:
            found.append(str(mine[0]))
            continue
        said = replace(mine[0], count=sum(one.count for one in mine)).text.rstrip(".")
        found.append(f"{source}: {said} (in {number(len(mine))} files).")
    return (*found, *unread_files_in_words(reading))


def unread_files_in_words(reading: Reading) -> tuple[str, ...]:
    """The files that no table reads, a sentence for each system: `missing: Files that no table reads: FEB.CSV.`"""
    names: dict[str, list[str]] = {}
    for system, name in reading.unread_files:
        names.setdefault(system, []).append(name)
    return tuple(
        f"{system}: Files that no table reads: {some_of(mine, NAMES_SHOWN)}." for system, mine in names.items()
    )
