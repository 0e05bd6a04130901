"""Short codes for the cases of one release, fresh each time, and the way back from them, which stays with the force.

A code is drawn from the case's id under a secret that belongs to this release alone: so it says nothing of the id, nor
of the place of the case among the others, and no two releases share one but by chance.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
from collections.abc import Collection, Mapping
from itertools import count

__all__ = ["FEWEST_BYTES", "case_codes", "way_back_in_csv"]

FEWEST_BYTES = 16  # of the secret: fewer could be tried out one by one
# Without vowels, so that no code is a word, and without what is taken for another: 0 and O, 1 and I and L, 5 and S.
FIRST = "BCDFGHJKMNPQRTVWXZ"
FURTHER = f"{FIRST}2346789"
SHORTEST = 4
ROOM = 50  # so many times as many codes as cases: few must be drawn twice


def case_codes(case_ids: Collection[str], codes: bytes) -> dict[str, str]:
    """The code of each case. `codes` is the secret: the same one gives the same codes to the same cases.

    No code is the number of a case.
    """
    assert len(codes) >= FEWEST_BYTES, "a secret that can be guessed gives every case away"
    length = SHORTEST
    while len(FIRST) * len(FURTHER) ** (length - 1) < ROOM * len(case_ids):
        length += 1
    taken = {number.upper() for case_id in case_ids for number in (case_id, case_id.partition(":")[2])}
    found: dict[str, str] = {}
    for case_id in sorted(case_ids):
        code = next(code for attempt in count() if (code := _drawn(codes, case_id, attempt, length)) not in taken)
        taken.add(code)
        found[case_id] = code
    return found


def _drawn(codes: bytes, case_id: str, attempt: int, length: int) -> str:
    number = int.from_bytes(hmac.digest(codes, f"case\0{case_id}\0{attempt}".encode(), hashlib.sha256))
    number, first = divmod(number, len(FIRST))
    letters = [FIRST[first]]
    for _ in range(length - 1):
        number, further = divmod(number, len(FURTHER))
        letters.append(FURTHER[further])
    return "".join(letters)


def way_back_in_csv(found: Mapping[str, str]) -> str:
    """The table from code to case, as CSV, by code."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(("code", "case_id"))
    writer.writerows(sorted((code, case_id) for case_id, code in found.items()))
    return written.getvalue()
