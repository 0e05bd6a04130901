"""Addresses of databases, in which `${NAME}` stands for an environment variable, so that no password is written
down.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from wardline.documents import unfit
from wardline.errors import ProblemKind

__all__ = ["Address", "UnknownVariable", "find_address", "read_address", "read_query", "says_order"]

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
# What the reader of databases can speak to, each with the port where nothing else is said; a file has none.
PORTS = {"postgresql": 5432, "postgres": 5432, "redshift": 5439, "mysql": 3306, "mssql": 1433, "oracle": 1521}
FILE = "sqlite"
# Words that begin what changes something; each is reserved in SQL, so no column is called so without quotation marks.
WRITES = re.compile(
    r"(?i)\b(?:insert|update|delete|merge|into|truncate|drop|alter|create|grant|revoke|exec|execute)\b(?!\s*\.)"
)
# Comments (the first group) and what is in quotation marks, whichever begins first. MySQL obeys a comment with `!`.
PIECES = re.compile(r"(--[^\n]*|/\*(?!M?!).*?\*/)|'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|\[[^\]]*\]", re.DOTALL)
# The same to MySQL: a backslash takes the meaning from a quotation mark, `#` begins a comment, and `--1` does not.
PIECES_OF_MYSQL = re.compile(
    r"((?:--(?!\S)|#)[^\n]*|/\*(?!M?!).*?\*/)|'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|\[[^\]]*\]", re.DOTALL
)
SECRET_SETTING = re.compile(r"(?i)[?&](?:[a-z_]*(?:password|passwd|pwd|secret|token|key))=([^&]+)")


class UnknownVariable(ValueError):
    """An environment variable that an address needs is not set; its name is the text."""


@dataclass(frozen=True)
class Address:
    """Where a database is, variables filled in. `text` may hold a password: it is never shown, `shown` is."""

    text: str
    shown: str
    host: str | None = None
    port: int | None = None
    file: Path | None = None

    @property
    def scheme(self) -> str:
        """What stands before `://`: which kind of database it is."""
        return self.text.partition("://")[0]

    def __repr__(self) -> str:
        return f"Address({self.shown})"


def read_address(value: Any) -> str:
    """An address as a mapping may hold it. Raises what pydantic expects where it is none, or holds a password."""
    text = value.strip() if isinstance(value, str) else ""
    if VARIABLE.fullmatch(text):
        return text
    scheme, found, rest = text.partition("://")
    if not found or scheme not in (*PORTS, FILE) or not rest:
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "This is not the address of a database that can be read.",
            f"Write `postgresql://${{NAME}}:${{PASSWORD}}@host/database`, `{FILE}://file.db`, or one that begins with "
            f"{', '.join(each for each in PORTS if each not in ('postgresql', 'postgres'))}.",
        )
    _, _, password = _user_of(rest).partition(":")
    secrets = [password, *SECRET_SETTING.findall(text)]
    if any(VARIABLE.sub("", secret) for secret in secrets):
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "A password is written down here, and a mapping is kept with every dive.",
            "Put the password into an environment variable, and write `${NAME}` in its place. If others have seen this "
            "file, change the password.",
        )
    return text


def read_query(value: Any) -> str:
    """The text of a query, without a semicolon at its end. Raises what pydantic expects where it changes something."""
    text = value.strip().rstrip("; \n\t") if isinstance(value, str) else ""
    beside_texts = _without_texts(text)
    if not re.match(r"(?i)(select|with)\b", beside_texts.strip()):
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "A query that reads rows is expected here.",
            "Begin it with SELECT or WITH; nothing is ever written to a database.",
        )
    # What one database takes for a text, another may obey; so it is refused where either would.
    beside_texts += " " + _without_texts(text, PIECES_OF_MYSQL)
    word = WRITES.search(beside_texts)
    if word is not None or ";" in beside_texts:
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "This query would write to the database"
            + (f": it says `{word[0]}`." if word else ", or is more than one."),
            "Write a single query that only selects rows. Put a column that has such a name in quotation marks.",
        )
    return text


def find_address(text: str, variables: Dictionary[str, str], folder: Path) -> Address:
    """An address with its variables filled in. Raises UnknownVariable, or ValueError where it is none then.

    Before the @ a variable may hold any character. A file is looked for from `folder`, where the mapping lies.
    """

    def filled(piece: str, *, escaped: bool) -> str:
        def value(match: re.Match[str]) -> str:
            if match[1] not in variables:
                raise UnknownVariable(match[1])
            return quote(variables[match[1]], safe="") if escaped else variables[match[1]]

        return VARIABLE.sub(value, piece)

    scheme, found, rest = text.partition("://")
    user = _user_of(rest)
    text = filled(scheme + found, escaped=False) + filled(user, escaped=True) + filled(rest[len(user) :], escaped=False)
    scheme, found, rest = text.partition("://")
    if scheme == FILE:
        file = folder / os.path.expanduser(rest.partition("?")[0])
        return Address(f"{FILE}://{quote(str(file.absolute()))}", f"{FILE}://{file}", file=file)
    parts = urlsplit(text)
    if not found or scheme not in PORTS:
        raise ValueError("no address")
    host = unquote(parts.hostname or "localhost")
    at = "" if parts.port is None else f":{parts.port}"
    shown = f"{scheme}://{host}{at}{parts.path}"
    return Address(text, shown, None if host.startswith("/") else host, parts.port or PORTS[scheme])


def says_order(query: str) -> bool:
    """Whether a query says in which order its rows come: with an ORDER BY that is not inside brackets."""
    text = _without_texts(query)
    while (inner := re.sub(r"\([^()]*\)", " ", text)) != text:
        text = inner
    return re.search(r"(?i)\border\s+by\b", text) is not None


def _user_of(rest: str) -> str:
    """The user and password of what stands after `://`, without the @; nothing where there are none."""
    return rest[: rest.rfind("@")] if "@" in rest else ""


def _without_texts(query: str, pieces: re.Pattern[str] = PIECES) -> str:
    """The query without its comments, and with nothing between its quotation marks."""
    return pieces.sub(lambda piece: " " if piece[1] else "''", query)
