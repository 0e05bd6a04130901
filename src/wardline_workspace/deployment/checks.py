"""What is checked of a deployment before and while it holds real records, each as a sentence."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from wardline_workspace.deployment.backup import NAMES_LAST_BACKUP
from wardline_workspace.deployment.secret import SECRET_FILE

__all__ = ["Checked", "all_checks"]

FEWEST_BYTES_FREE = 5 * 10**9
OLDEST_BACKUP = timedelta(hours=26)
STATIC_FILES = ("wardline.css", "wardline.js", "govuk-frontend/govuk-frontend.min.css", "htmx/htmx.min.js")


@dataclass(frozen=True)
class Checked:
    """One thing that was looked at: whether it is as it must be, and a sentence that says so or what to do."""

    what: str
    is_right: bool
    words: str


_checks: list[Callable[[], Checked]] = []


def _check(what: str) -> Callable[[Callable[[], tuple[bool, str]]], None]:
    def registered(look: Callable[[], tuple[bool, str]]) -> None:
        _checks.append(lambda: Checked(what, *look()))

    return registered


def all_checks() -> Iterator[Checked]:
    """Every check, one after the other."""
    for check in _checks:
        yield check()


@_check("HTTPS")
def _https() -> tuple[bool, str]:
    if settings.OVER_HTTPS:
        return True, "on: cookies go over HTTPS only, and browsers are told to come back so"
    return False, "off. Take WARDLINE_HTTPS=no away, and put a web server with a certificate in front"


@_check("Hosts")
def _hosts() -> tuple[bool, str]:
    outside = [host for host in settings.DEPLOYMENT.hosts if host not in ("localhost", "127.0.0.1", "[::1]")]
    if "*" in outside:
        return False, "`*` lets anybody name the host. Write the name that browsers use"
    return (True, ", ".join(outside)) if outside else (False, "only this machine. Write the name that browsers use")


@_check("Demonstration")
def _demonstration() -> tuple[bool, str]:
    if settings.DEPLOYMENT.is_demonstration:
        return False, "on: whoever comes can log in as anybody. Take `demonstration: yes` away"
    return True, "off"


@_check("Secret")
def _secret() -> tuple[bool, str]:
    file = settings.DEPLOYMENT.folder / SECRET_FILE
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        return False, f"others can read {file}. Run: chmod 600 {file}"
    return True, "readable by its owner only"


@_check("Folder")
def _folder() -> tuple[bool, str]:
    folder = settings.DEPLOYMENT.folder
    if stat.S_IMODE(folder.stat().st_mode) & 0o007:
        return False, f"everybody on this machine can look into {folder}. Run: chmod 750 {folder}"
    if not os.access(folder, os.W_OK):
        return False, f"nothing can be written in {folder}"
    return True, "closed to others, and can be written in"


@_check("Database")
def _database() -> tuple[bool, str]:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False, "not reached. Check `database:` in the settings, and that the server runs"
    if waiting:
        return False, "of an earlier version. Start `wardline serve` once, or any command: it is brought up to date"
    return True, f"{connection.vendor}, reached, and of this version"


@_check("Trail")
def _trail() -> tuple[bool, str]:
    from wardline_workspace.trail.actions import find_break, head_in_words

    try:
        broken = find_break()
    except DatabaseError:
        return False, "not looked at, because the database cannot be read"
    if broken is not None:
        return False, f"not whole: {broken.what}. Tell the auditor, and keep the database as it is"
    return True, f"whole. Its head, to be kept outside: {head_in_words()}"


@_check("Space on the disk")
def _space() -> tuple[bool, str]:
    free = shutil.disk_usage(settings.DEPLOYMENT.folder).free
    words = f"{free / 10**9:.0f} GB free"
    return free >= FEWEST_BYTES_FREE, words if free >= FEWEST_BYTES_FREE else f"{words}. Make room: 5 GB at least"


@_check("Backup")
def _backup() -> tuple[bool, str]:
    try:
        made = json.loads((settings.DEPLOYMENT.folder / NAMES_LAST_BACKUP).read_text(encoding="utf-8"))
        at, is_encrypted = datetime.fromisoformat(made["at"]), bool(made["encrypted"])
    except (OSError, ValueError, KeyError, TypeError):
        return False, "none was made yet. Run `wardline backup` each night"
    words = f"the last was made on {timezone.localtime(at):%-d %B %Y at %H:%M}"
    if timezone.now() - at > OLDEST_BACKUP:
        return False, f"{words}, more than a day ago"
    return (True, words) if is_encrypted else (False, f"{words}, and is not encrypted. Give it --passphrase-file")


@_check("Duty post")
def _duty_post() -> tuple[bool, str]:
    post = settings.DEPLOYMENT.duty_post
    has_number = sum(letter.isdigit() for letter in post.telephone) >= 3
    words = f"{post.name}, {post.telephone}. Telephone it now, to see that somebody answers"
    return has_number, words if has_number else f"{post.name} has no telephone number in the settings"


@_check("Static files")
def _static() -> tuple[bool, str]:
    lacking = [name for name in STATIC_FILES if finders.find(name) is None]
    return not lacking, f"{', '.join(lacking)}: not there. Install Wardline anew" if lacking else "all there"


@_check("Administrators")
def _administrators() -> tuple[bool, str]:
    from wardline_workspace.people.models import Account
    from wardline_workspace.roles import Permission, roles_at

    names = [role.name for role in roles_at(settings.DEPLOYMENT.place) if Permission.INVITE in role.may]
    try:
        many = Account.objects.filter(role__in=names, is_active=True).count()
    except DatabaseError:
        return False, "not looked at, because the database cannot be read"
    if many < 2:
        return False, f"{many}. Invite a second one, so that one who is ill locks nobody out"
    return True, str(many)
