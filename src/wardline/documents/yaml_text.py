"""YAML read as dicts, lists and text, with the line and column of everything in it.

Every scalar is read as text (YAML 1.2): `no` stays `no`, and `12:30` stays `12:30`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import MaxDepthExceededError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from wardline.errors import DocumentError, Place, Problem, ProblemKind, Problems

__all__ = ["Document", "Path_", "parse_document", "read_document"]

Path_ = tuple[str | int, ...]
"""Where something stands in a document: keys and list positions from the top."""

CORE_TAG = "tag:yaml.org,2002:"
NULL_TAG = f"{CORE_TAG}null"
KNOWN_TAGS = frozenset(
    f"{CORE_TAG}{kind}" for kind in ("null", "bool", "int", "float", "str", "timestamp", "merge", "value", "seq", "map")
)
LARGEST = 500_000  # bytes, ten times the largest that is known
DEEPEST = 100
REPEATED_AT_MOST = 10_000  # pieces that a document repeats because of a `*`
LONGEST_KEY = 1000
PROBLEMS_AT_MOST = 50
COMPOSED_HELD = 32  # texts, about as many as three dives have
NO_TEXT = re.compile("[\0\ud800-\udfff]")
# What the YAML library says where people most often slip, in the reader's words; the first that fits is taken.
SLIPS = (
    (
        r"character '\\t'",
        "there is a tab here, where only spaces are allowed",
        "Take the tab out and put spaces in its place. Most editors can show tabs.",
    ),
    (
        r"found another document",
        "a second document begins here",
        "Keep one document in a file, and take out lines of three dashes.",
    ),
)


@dataclass(frozen=True)
class Document:
    """What a file says, as dicts, lists and text, and where each piece stands."""

    file: str
    data: Any
    keys: dict[Path_, Place] = field(repr=False)
    values: dict[Path_, Place] = field(repr=False)

    def place(self, path: Path_, *, of_key: bool = False) -> Place:
        """The place of the nearest thing at or above `path`; unknown steps on the way are passed over."""
        known: Path_ = ()
        for step in path:
            if (*known, step) in self.values or (*known, step) in self.keys:
                known = (*known, step)
        places = self.keys if of_key and known in self.keys else self.values
        return places.get(known) or self.keys.get(known) or Place(self.file)

    def problem(self, kind: ProblemKind, path: Path_, what: str, remedy: str, *, of_key: bool = False) -> Problem:
        """A problem that stands at `path` of this document."""
        return Problem(kind, what, remedy, self.place(path, of_key=of_key))


def read_document(path: Path, shown_as: str | None = None) -> Document:
    """Read a YAML file.

    Raises DocumentError where it is absent, empty, not UTF-8 or not YAML.
    """
    file = shown_as or str(path)
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise _too_large(file)
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        raise _no_document(
            file,
            ProblemKind.MISSING_FILE,
            "There is no such file.",
            "Check the path; it is relative to the file that names it.",
        ) from None
    except UnicodeDecodeError:
        raise _no_document(
            file, ProblemKind.WRONG_ENCODING, "This file is not written in UTF-8.", "Save it again as UTF-8."
        ) from None
    except OSError as error:
        raise _no_document(
            file,
            ProblemKind.UNREADABLE_FILE,
            f"This file cannot be read: {error.strerror}.",
            "Check that it is a file and that you may read it.",
        ) from None
    return parse_document(text, file)


def parse_document(text: str, file: str) -> Document:
    """Read YAML text; `file` is the name that messages use."""
    if not text.strip():
        raise _no_document(
            file, ProblemKind.EMPTY_FILE, "This file is empty.", "See docs/reference for what such a file contains."
        )
    if len(text) > LARGEST:
        raise _too_large(file)
    lines = text.splitlines()
    try:
        root = _composed(text)
    except MaxDepthExceededError:
        raise _nested_without_end(file) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(file) if mark is None else _place(file, lines, mark.line, mark.column, 1)
        raise DocumentError(
            Problem(ProblemKind.UNREADABLE_YAML, *_slip(error.problem or error.context), where)
        ) from None
    except (YAMLError, ValueError, OverflowError):
        # Also of a character by its number, which the library makes without looking whether there is one.
        raise _no_document(
            file, ProblemKind.UNREADABLE_YAML, "This is not YAML.", "It may contain a character that text may not have."
        ) from None
    except RecursionError:
        raise _nested_without_end(file) from None
    if root is None:
        raise _no_document(
            file,
            ProblemKind.EMPTY_FILE,
            "This file contains only comments.",
            "See docs/reference for what such a file contains.",
        )
    reader = _Reader(file, lines)
    try:
        data = reader.read(root, ())
    except RecursionError:
        raise _nested_without_end(file) from None
    reader.problems.tell()
    return Document(file, data, reader.keys, reader.values)


@lru_cache(maxsize=COMPOSED_HELD)
def _composed(text: str) -> Node | None:
    """The nodes of YAML text, which nobody changes.

    Held, because nearly all of the time that a document takes goes here, and one dive is opened again and again: when
    it is added, placed, and shown.
    """
    # The way that keeps comments gives the same nodes, and takes half as long again.
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = DEEPEST
    yaml.composer.warn_double_anchors = False
    root: Node | None = yaml.compose(text)
    return root


def _no_document(file: str, kind: ProblemKind, what: str, remedy: str) -> DocumentError:
    return DocumentError(Problem(kind, what, remedy, Place(file)))


def _nested_without_end(file: str) -> DocumentError:
    # Also where a piece holds itself, which an anchor (`&`) and an alias (`*`) can make.
    return _no_document(
        file,
        ProblemKind.UNREADABLE_YAML,
        "This is nested too deeply to be read.",
        "Take out brackets that are opened again and again, and any `&` and `*` before names.",
    )


def _too_large(file: str) -> DocumentError:
    return _no_document(
        file,
        ProblemKind.UNREADABLE_YAML,
        f"This file is larger than such a document can be ({LARGEST // 1000} kB).",
        "Check that it is the file that was meant: an export is not a document.",
    )


def _slip(said: str | None) -> tuple[str, str]:
    """What is not YAML, and what to do about it."""
    for pattern, what, remedy in SLIPS:
        if said and re.search(pattern, said):
            return f"This is not YAML: {what}.", remedy
    return (
        f"This is not YAML: {said}.",
        "Check the indentation, the colons and the quotation marks on this line and the one above.",
    )


def _place(file: str, lines: list[str], line: int, column: int, width: int) -> Place:
    source = lines[line] if line < len(lines) else ""
    return Place(file, line + 1, column + 1, width, source)


class _Reader:
    """Walks composed YAML nodes, whose marks count lines and columns from zero."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.keys: dict[Path_, Place] = {}
        self.values: dict[Path_, Place] = {}
        self.problems = Problems(DocumentError)
        self.met: set[int] = set()
        self.repeated = 0

    def read(self, node: Node, path: Path_) -> Any:
        self.values[path] = self._place_of(node)
        self._count(node)
        if str(node.tag) not in KNOWN_TAGS:
            self._tell(
                node, "There is a tag here (`!…`), and tags are not read.", "Take it out, and write the value alone."
            )
        if isinstance(node, ScalarNode):
            self._see_whether_it_is_text(node)
            is_null = node.tag == NULL_TAG and node.style is None
            return None if is_null else str(node.value)
        if isinstance(node, SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, MappingNode)
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._tell(
                    key_node,
                    "There is a list, or keys in brackets, before a colon here.",
                    "Write one word or one line of text before each colon.",
                )
                continue
            key = str(key_node.value)
            if not self._see_whether_it_is_text(key_node):
                continue
            if len(key) > LONGEST_KEY:
                self._tell(key_node, "This is too long to be a key.", "Look for a colon that is part of a text.")
                continue
            if key in found:
                self._tell(key_node, f"`{key}` is here twice.", "Keep one of the two.")
                continue
            self.keys[(*path, key)] = self._place_of(key_node)
            found[key] = self.read(value_node, (*path, key))
        return found

    def _see_whether_it_is_text(self, node: ScalarNode) -> bool:
        """Whether it has no character that files and terminals cannot hold, as `"\\0"` can make it."""
        if NO_TEXT.search(str(node.value)) is None:
            return True
        self._tell(node, "There is a character here that text may not contain.", "Take out what begins with `\\` here.")
        return False

    def _count(self, node: Node) -> None:
        """Stop where aliases make a small file into a huge document."""
        self.repeated += id(node) in self.met
        self.met.add(id(node))
        if self.repeated > REPEATED_AT_MOST:
            raise _no_document(
                self.file,
                ProblemKind.UNREADABLE_YAML,
                "Parts of this document are repeated too often, by `*` and a name.",
                "Write out what is meant, and take out any `&` and `*` before names.",
            )

    def _tell(self, node: Node, what: str, remedy: str) -> None:
        self.problems.append(Problem(ProblemKind.UNREADABLE_YAML, what, remedy, self._place_of(node)))
        if len(self.problems) >= PROBLEMS_AT_MOST:
            self.problems.tell()

    def _place_of(self, node: Node) -> Place:
        start, end = node.start_mark, node.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return _place(self.file, self.lines, start.line, start.column, max(1, width))
