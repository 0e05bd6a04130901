"""A standard reviewed by those who do the work: the form that they filled in, read back, and what they found right.

The form is an OpenDocument text (`reports/review_form.py` writes it) with a table row for each obligation: its name,
and cells for *right*, *wrong* and *because*. It names the version, and the fingerprint of the text that was reviewed,
so that nobody's name is put under words that they did not read.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from wardline.documents import AsWritten, change_yaml
from wardline.documents.open_document import DAMAGED_ARCHIVE, OASIS
from wardline.errors import DocumentError, Place, Problem, ProblemKind, Problems, did_you_mean
from wardline.obligations import Obligation
from wardline.standards.standard import Standard

__all__ = ["FINGERPRINT", "FORM_COLUMNS", "Review", "fingerprint_of", "read_review", "with_review"]

FORM_COLUMNS = ("obligation", "right", "wrong", "because")
FINGERPRINT = "fingerprint of the text"
TICKS = {"x", "✓", "✔", "☒", "☑", "yes", "y", "right", "wrong"}
EMPTY = {"", "☐", "-", "–"}
ON = AsWritten("on")  # as everywhere in our documents, without the quotation marks that other readers of YAML want
LARGEST = 20 * 2**20  # bytes of a form, unpacked; a filled-in one has a fraction of it
TABLE, TEXT = f"{{{OASIS}:table:1.0}}", f"{{{OASIS}:text:1.0}}"


@dataclass(frozen=True)
class Review:
    """What a form says, in the order of the standard: found right, found wrong (with the reason), and neither."""

    right: tuple[Obligation, ...]
    wrong: tuple[tuple[Obligation, str], ...]
    unanswered: tuple[Obligation, ...]


def fingerprint_of(text: str) -> str:
    """What tells the text of a standard from any other: sixteen letters and digits, the same on every machine."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()[:16]


def read_review(path: Path, standard: Standard, text: str) -> Review:
    """The answers of a form about this standard, whose text this is. Raises DocumentError with every problem."""
    rows = list(_rows_of(path))
    _check_that_it_is_about(path, rows, standard, text)
    problems = Problems(DocumentError)
    by_name = {standard.full_name(one): one for one in standard.obligations}
    answers: dict[str, tuple[bool, bool, str]] = {}
    for cells in rows:
        name, right, wrong, because = (*cells, "", "", "", "")[:4]
        if name in by_name:
            if name in answers:
                problems += [_problem(path, f"`{name}` is in the form twice.", "Take one of the two rows out.")]
            marks = [_is_ticked(path, name, *mark, problems) for mark in (("right", right), ("wrong", wrong))]
            answers[name] = (marks[0], marks[1], because)
            if all(marks):
                problems += [_problem(path, f"`{name}` is ticked right and wrong.", "Leave one of the two empty.")]
        elif name.startswith(f"{standard.name}/"):
            hint = did_you_mean(name, by_name)
            problems += [_problem(path, f"No obligation is called `{name}`.{hint}", "Leave the names as they are.")]
    problems.tell()
    found = [(one, answers.get(standard.full_name(one), (False, False, ""))) for one in standard.obligations]
    return Review(
        right=tuple(one for one, (right, _, _) in found if right),
        wrong=tuple((one, because) for one, (_, wrong, because) in found if wrong),
        unanswered=tuple(one for one, (right, wrong, _) in found if not right and not wrong),
    )


def with_review(text: str, standard: Standard, review: Review, *, by: str, on: date) -> str:
    """The text of a standard with who found these obligations right; its comments and everything else stay."""
    right = {one.id for one in review.right}
    return change_yaml(
        text,
        {
            ("obligations", index, "reviewed"): {"by": by, ON: AsWritten(on.isoformat())}
            for index, one in enumerate(standard.obligations)
            if one.id in right
        },
    )


def _is_ticked(path: Path, name: str, column: str, mark: str, problems: Problems) -> bool:
    if mark.casefold() in EMPTY:
        return False
    if mark.casefold() not in TICKS:
        what = f"Under “{column}” of `{name}` is something other than a tick."
        problems += [_problem(path, what, "Write an x, or leave it empty. Reasons go under “because”.")]
    return True


def _check_that_it_is_about(path: Path, rows: list[list[str]], standard: Standard, text: str) -> None:
    """Raise DocumentError where the form is of another standard, another version or another wording."""
    said = {cells[0]: cells[1] for cells in rows if len(cells) == 2}
    asked = {"standard": standard.name, "version": standard.version, FINGERPRINT: fingerprint_of(text)}
    if not set(asked) <= set(said):
        what = "This is not a review form: it does not say which standard, version and text it is about."
        raise DocumentError(_problem(path, what, "Write one: `wardline standards review STANDARD --out FILE.odt`."))
    for key in ("standard", "version"):
        if said[key] != asked[key]:
            what = f"This form is about {key} {said[key]}, and not {asked[key]}."
            raise DocumentError(_problem(path, what, "Name the standard, or the version, that was reviewed."))
    if said[FINGERPRINT] != asked[FINGERPRINT]:
        what = "The standard has been changed since this form was written."
        remedy = "Whoever reviewed it has not read this text: write a new form and ask them to look at what is new."
        raise DocumentError(_problem(path, what, remedy))


def _rows_of(path: Path) -> Iterator[list[str]]:
    """The texts of the cells of each row of each table. Raises DocumentError."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("content.xml").file_size > LARGEST:
                raise DocumentError(_unreadable(path))
            content = archive.read("content.xml")
        if b"<!DOCTYPE" in content:
            raise DocumentError(_unreadable(path))
        root = ElementTree.fromstring(content)
    except FileNotFoundError:
        what, remedy = f"There is no file `{path.name}` there.", "Check the path of the form."
        raise DocumentError(Problem(ProblemKind.MISSING_FILE, what, remedy, Place(str(path)))) from None
    except (*DAMAGED_ARCHIVE, OSError, ElementTree.ParseError):
        raise DocumentError(_unreadable(path)) from None
    for row in root.iter(f"{TABLE}table-row"):
        yield [_text_of(cell) for cell in row if cell.tag == f"{TABLE}table-cell"]


def _text_of(cell: ElementTree.Element) -> str:
    """The text of a cell on one line, its paragraphs and line breaks as spaces."""
    pieces = []
    for paragraph in cell.iter(f"{TEXT}p"):
        for breaking in ("line-break", "tab", "s"):
            for element in paragraph.iter(f"{TEXT}{breaking}"):
                element.text = " "
        pieces.append("".join(paragraph.itertext()))
    return " ".join(" ".join(pieces).split())


def _unreadable(path: Path) -> Problem:
    what = "This is not an OpenDocument text that can be read."
    remedy = "Give the form as it was saved, ending in .odt; a word processor calls this “OpenDocument text”."
    return Problem(ProblemKind.UNREADABLE_FILE, what, remedy, Place(str(path)))


def _problem(path: Path, what: str, remedy: str) -> Problem:
    return Problem(ProblemKind.WRONG_VALUE, what, remedy, Place(str(path)))
