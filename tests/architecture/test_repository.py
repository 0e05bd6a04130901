"""What must not stand anywhere in the repository, and what every skipped test must say."""

import ast
import re

from tests.architecture.repository import ROOT, text_files

# Put together here, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile("|".join(f"/{folder}/" for folder in ("root", "home", "Users", "work")) + r"|[A-Z]:\\Users")
INDEX_ADDRESSES = re.compile(
    "|".join(("pypi" + r"\.org/simple", "python" + "hosted", "--index" + "-url[ =]", "--find" + "-links[ =]"))
)
MARKS_THAT_NEED_A_REASON = {"skip": 0, "skipif": 1, "xfail": 0, "importorskip": 1}


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}"
        for path, text in text_files()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_path_of_one_machine_stands_in_the_repository():
    assert lines_matching(MACHINE_PATHS) == []


def test_no_index_address_stands_in_the_repository():
    assert lines_matching(INDEX_ADDRESSES) == []


def test_every_package_in_the_lock_is_held_to_a_hash():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9._-]+==.*?(?=^[a-z0-9._-]+==|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert len(packages) > 20
    assert [package.split(" ")[0] for package in packages if "--hash=sha256:" not in package] == []


def has_reason(call: ast.Call, positional: int) -> bool:
    return len(call.args) > positional or any(keyword.arg == "reason" for keyword in call.keywords)


def test_no_test_is_skipped_without_a_reason():
    found = []
    for path, text in text_files():
        if not (path.startswith("tests/") and path.endswith(".py")):
            continue
        tree = ast.parse(text)
        calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in MARKS_THAT_NEED_A_REASON
                and "pytest" in ast.unparse(node)
            ):
                call = calls.get(id(node))
                if call is None or not has_reason(call, MARKS_THAT_NEED_A_REASON[node.attr]):
                    found.append(f"{path}:{node.lineno}")
    assert found == []
