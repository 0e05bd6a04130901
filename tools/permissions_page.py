"""docs/reference/permissions.md: who may do what, who opens which address, and who sees which field.

Django is set up in a process of its own, for a place that is made for it: `python -m tools.permissions_page` prints the
page without its first line.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
A_PLACE = """\
workspace of: force
force: A force
office: An office
duty post: {name: the duty post, telephone: none}
professional standards: {name: professional standards, telephone: none}
"""
PLACES = {"office": "the office’s workspace", "force": "the force’s workspace"}


def permissions_page(written_by: str) -> str:
    """The page, made in a process of its own."""
    command = [sys.executable, "-m", "tools.permissions_page"]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    made = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, check=True
    )
    return f"{written_by}\n\n{made.stdout}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _roles() -> str:
    from wardline_workspace.deployment.described import Place
    from wardline_workspace.roles import Permission, roles_at

    parts = []
    for place in Place:
        roles = roles_at(place)
        rows = [
            [permission.value, *("yes" if permission in role.may else "" for role in roles)]
            for permission in Permission
            if any(permission in role.may for role in roles)
        ]
        table = _table(["may", *(role.title for role in roles)], rows)
        parts.append(f"## Who may, in {PLACES[place]}\n\n{table}")
    return "\n\n".join(parts)


def _addresses() -> str:
    from wardline_workspace.people.addresses import every_address, roles_that_open
    from wardline_workspace.roles import ROLES

    rows = []
    for address in every_address():
        if address.is_closed:
            continue
        if address.is_open:
            needs, who = "", "whoever comes, logged in or not"
        elif address.is_own:
            needs, who = "", "whoever is logged in, for their own account"
        else:
            needs = "; or ".join(sorted(permission.value for permission in address.needs or ()))
            there = [role for role in ROLES if address.place in (None, role.place)]
            opened_by = roles_that_open(address, ROLES)
            who = "every role" if opened_by == there else ", ".join(f"`{role.name}`" for role in opened_by) or "nobody"
        where = {None: "both", "office": "office", "force": "force"}[address.place]
        rows.append([f"`{address.path}`", where, needs, who])
    return _table(["address", "place", "needs", "opened by"], rows)


def _closed() -> str:
    from wardline_workspace.people.addresses import every_address

    return "\n".join(f"- `{address.path}`" for address in every_address() if address.is_closed)


def _fields() -> str:
    from wardline_workspace.roles.fields import models_of_the_workspace, seen_by

    parts = []
    for model in models_of_the_workspace():
        rows = [[f"`{name}`", who.value] for name, who in seen_by(model).items()]
        doc = " ".join((model.__doc__ or "").split("\n\n")[0].split())
        parts.append(f"### {model._meta.label}\n\n{doc}\n\n{_table(['field', 'seen by'], rows)}")
    return "\n\n".join(parts)


def page() -> str:
    """The page's text, for whoever has set Django up."""
    return f"""# Who may do what in the workspace

Three questions, three places in the code. **Who may** is `roles/permissions.py` and `roles/roles.py`. **When** it may
be done is `policies.py` in each room, and no table: it depends on the thing. **Who sees** which part of a thing is
`SEEN_BY` on each model. A test opens every address as every role, and as nobody, and compares with this page.

A council partner may what the table says once the partnership has agreed to the account; until then nothing.

{_roles()}

## Who opens which address

What stands in angle brackets is a part of the address that differs. Whoever may not open an address gets a page that
says so; whoever is not logged in is sent to log in; where the place has no such page, it is not found.

{_addresses()}

These addresses of the log-in library are open to nobody:

{_closed()}

## Who sees which field

A field of which nothing is said is shown to nobody, and a test does not pass.

{_fields()}
"""


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace.yaml"
        workspace.write_text(A_PLACE, encoding="utf-8")
        from wardline_workspace.deployment.running import set_up

        set_up(workspace)
        sys.stdout.write(page())
