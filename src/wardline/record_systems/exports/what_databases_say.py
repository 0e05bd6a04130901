"""What databases say of a query that fails, in our words: theirs may repeat what is in a cell, or the address."""

from __future__ import annotations

import re

from wardline.errors import ExportError, Place, Problem, ProblemKind
from wardline.record_systems.mapping.addresses import Address
from wardline.record_systems.mapping.cells import Query

__all__ = ["database_problem", "not_answered"]

# What databases say of a query that names something wrong. Only names from the query itself are repeated:
# everything else that a database says may contain what is in a cell.
SAID = (
    (r"no such table: (\S+)", "There is no table `{}`."),
    (r"relation \"([^\"]+)\" does not exist", "There is no table `{}`."),
    (r"no such column: (\S+)", "There is no column `{}`."),
    (r"column \"?([^\s\"]+)\"? does not exist", "There is no column `{}`."),
    (r"Unknown column '([^']+)'", "There is no column `{}`."),
    (r"column name '([^']+)'", "There is no column `{}`."),
    (r"object name '([^']+)'", "There is no table `{}`."),
    (r"near \"([^\"]+)\": syntax error", "This database cannot read the SQL near `{}`."),
    (r"syntax error at or near \"([^\"]+)\"", "This database cannot read the SQL near `{}`."),
)


def not_answered(said: str, query: Query, address: Address, where: Place) -> ExportError:
    """What a database or its library said, as an error of ours."""
    if re.search(r"(?i)password|authentication|access denied|login fail|role \"", said):
        return database_problem(
            where,
            f"The database at {address.shown} does not let this user in.",
            "Check the user and the password in the environment variables.",
        )
    if re.search(r"(?i)database \"[^\"]*\" does not exist|unknown database", said):
        return database_problem(where, f"There is no database at {address.shown}.", "Correct its name in the address.")
    if re.search(r"(?i)waiting for connection|timed out in|error connecting|connection", said):
        return database_problem(
            where,
            f"The connection to {address.shown} could not be made.",
            "Try the same address with the database's own program.",
        )
    if re.search(r"(?i)read-?only", said):
        return database_problem(
            where,
            "The query fails: it would write to the database, and may only read.",
            "Write a query that only selects rows.",
        )
    for pattern, words in SAID:
        found = re.search(pattern, said)
        if found is not None and found[1].casefold() in query.text.casefold():
            return database_problem(where, f"The query fails: {_lower(words.format(found[1]))}", "Correct the query.")
    return database_problem(
        where,
        "The query fails. What the database says about it is not shown, because it could repeat what is in a cell.",
        "Try the query with the database's own program, until it gives rows.",
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def database_problem(where: Place, what: str, remedy: str) -> ExportError:
    """A database that cannot be read, as an error."""
    return ExportError(Problem(ProblemKind.DATABASE_NOT_READ, what, remedy, where))
