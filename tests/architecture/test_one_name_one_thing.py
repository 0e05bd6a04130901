"""One name, one thing: no two modules, and no two public classes, with one name; and no room that holds too much."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tests.architecture.repository import library_modules, library_trees
from tests.architecture.test_names import names_in, words_of

MOST_IN_ONE_ROOM = 0.20
PARTED = "measures"

# Two modules may share a name where it is the same thing seen from two sides; the reason is given here.
SAME_NAME_BECAUSE = {
    "claim.py": "the command `claim`, and what a claim is",
    "coverage.py": "the command `coverage`, and what it asks for",
    "report.py": "the command `report`, and everything that the page of a report needs",
    "respond.py": "the same rule in each of the two engines, to be read side by side",
    "repeat.py": "the same rule in each of the two engines, to be read side by side",
}


def more_than_once(names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Each name that is used in more than one place, with the places."""
    places = defaultdict(list)
    for name, place in names:
        places[name].append(place)
    return {name: where for name, where in places.items() if len(where) > 1}


def module_names() -> Iterator[tuple[str, str]]:
    for path, _ in library_modules():
        if not path.endswith("__init__.py"):
            yield path.rpartition("/")[2], path


def public_classes() -> Iterator[tuple[str, str]]:
    for path, tree in library_trees():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, path


def modules_with_a_duty() -> set[str]:
    return {
        path
        for path, tree in library_trees()
        if {"duty", "duties"} & words_of(path) or any({"duty", "duties"} & words_of(name) for name, _ in names_in(tree))
    }


def sides() -> set[str]:
    """The names that two modules share only as the two sides of one thing: in `cli/` or in the two engines."""

    def side(path: str) -> bool:
        return path.startswith(("cli/", "engines/reference/", "engines/columnar/"))

    shared = more_than_once(module_names())
    return {name for name, paths in shared.items() if sum(not side(path) for path in paths) <= 1}


def shares_of_the_code() -> dict[str, float]:
    """What part of all lines each room has: a folder at the top of the library.

    `measures` is parted into rooms, of which a contract says the order, so each of these is a room here.
    """
    lines: dict[str, int] = defaultdict(int)
    for path, text in library_modules():
        room, _, below = path.partition("/")
        if room == PARTED and "/" in below:
            room = f"{room}/{below.partition('/')[0]}"
        lines[room] += text.count("\n")
    total = sum(lines.values())
    return {room: count / total for room, count in lines.items() if not room.endswith(".py")}


def test_no_two_modules_have_one_name():
    shared = {
        name: paths
        for name, paths in more_than_once(module_names()).items()
        if not (name in SAME_NAME_BECAUSE and name in sides())
    }
    assert shared == {}, "give one of them the name of what is in it"


def test_no_two_public_classes_have_one_name():
    assert more_than_once(public_classes()) == {}


def test_what_is_owed_is_an_obligation_in_every_name_of_the_code():
    assert modules_with_a_duty() == set()


def test_no_room_holds_more_than_a_fifth_of_the_code():
    assert {room: f"{share:.1%}" for room, share in shares_of_the_code().items() if share > MOST_IN_ONE_ROOM} == {}


def test_every_reason_for_a_shared_name_is_still_needed():
    assert set(SAME_NAME_BECAUSE) - set(more_than_once(module_names())) == set()
