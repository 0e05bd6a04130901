"""In the workspace every change is an action: views save nothing, and each action says by whom and records it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.repository import ROOT

WORKSPACE = ROOT / "src" / "wardline_workspace"
WRITES = {
    "save",
    "create",
    "delete",
    "update",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "set_password",
}
# An action that nobody with an account does, and why.
NOBODY_DOES: dict[str, str] = {
    "people/actions.py take_up": "whoever takes an invitation up has no account yet; its entry is by the account made",
    "people/actions.py use_reset_link": "whoever has lost the way in is not logged in; its entry is by their account",
}


def modules(*names: str) -> Iterator[tuple[str, ast.Module]]:
    """The modules of the workspace whose file, or folder, has one of these names."""
    for path in sorted(WORKSPACE.rglob("*.py")):
        within = path.relative_to(WORKSPACE)
        if {within.stem, *within.parts[:-1]} & set(names):
            yield within.as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def writes_in(tree: ast.AST) -> Iterator[int]:
    """The lines at which something is written to the database."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            reached = ast.unparse(node.func)
            # `names.update(...)` of a set is no write; a model's is reached through `.objects` or a query.
            if node.func.attr != "update" or "objects" in reached or "filter(" in reached:
                yield node.lineno


def calls_in(tree: ast.AST) -> set[str]:
    """The names of the functions that are called."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {node.id for node in called if isinstance(node, ast.Name)}
    return named | {node.attr for node in called if isinstance(node, ast.Attribute)}


def actions() -> Iterator[tuple[str, ast.FunctionDef, set[str]]]:
    """Every public function of an actions module that writes or records, with what it and its neighbours call."""
    for path, tree in modules("actions"):
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        neighbours = {node.name: calls_in(node) for node in functions}
        for node in functions:
            called = set(neighbours[node.name])
            for name in called & set(neighbours):
                called |= neighbours[name]
            within = [node, *(other for other in functions if other.name in neighbours[node.name])]
            is_action = "record" in called or any(list(writes_in(function)) for function in within)
            if not node.name.startswith("_") and is_action:
                yield f"{path} {node.name}", node, called


ACTIONS = list(actions())
NAMES = [name for name, _, _ in ACTIONS]


def test_a_view_saves_nothing():
    found = [f"{path}:{line}" for path, tree in modules("views") for line in writes_in(tree)]
    assert found == [], "let an action do it"


def test_a_form_saves_nothing():
    found = [f"{path}:{line}" for path, tree in modules("forms", "policies") for line in writes_in(tree)]
    assert found == []


@pytest.mark.parametrize(("name", "action"), [(name, action) for name, action, _ in ACTIONS], ids=NAMES)
def test_every_action_says_by_whom(name, action):
    if name not in NOBODY_DOES:
        assert "by" in {argument.arg for argument in action.args.kwonlyargs}, f"{name} has no keyword-only `by`"


@pytest.mark.parametrize(("name", "called"), [(name, called) for name, _, called in ACTIONS], ids=NAMES)
def test_every_action_is_recorded(name, called):
    others = {action.name for _, action, _ in ACTIONS}
    assert name == "trail/actions.py record" or called & ({"record"} | others), f"{name} writes nothing into the trail"


def test_a_write_is_seen():
    assert list(writes_in(ast.parse("account.save()"))) == [1]
    assert list(writes_in(ast.parse("Account.objects.filter(pk=1).update(name='x')"))) == [1]
    assert list(writes_in(ast.parse("names.update({'a': 1})"))) == []
