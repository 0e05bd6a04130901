"""Problems are collected in one way, `wardline.errors.Problems`, which tells all of them and each once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.repository import library_trees


def raised_if_any(tree: ast.AST) -> Iterator[int]:
    """The lines of `if found: raise SomeError(found)`, which is what `Problems(SomeError, found).tell()` does."""
    for node in ast.walk(tree):
        match node:
            case ast.If(test=test, body=[ast.Raise(exc=ast.Call() as raised), *_]):
                if not ast.unparse(raised.func).endswith("Error"):
                    continue
                asked = test.target if isinstance(test, ast.NamedExpr) else test
                given = {ast.unparse(one) for argument in raised.args for one in ast.walk(argument)}
                if isinstance(asked, ast.Name | ast.Attribute) and ast.unparse(asked) in given:
                    yield node.lineno


def test_problems_are_raised_by_what_collects_them():
    found = [(path, line) for path, tree in library_trees() for line in raised_if_any(tree) if path != "errors.py"]
    assert found == []


def test_every_form_is_seen():
    for line in (
        "if problems: raise DocumentError(problems)",
        "if found := look(): raise UsageError(found)",
        "if reader.problems: raise DocumentError(dict.fromkeys(reader.problems))",
    ):
        assert list(raised_if_any(ast.parse(line))) == [1]
    assert list(raised_if_any(ast.parse("if problems or keys is None: raise DocumentError(problems)"))) == []
