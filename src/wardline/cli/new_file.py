"""Writing a file that is not there yet: what somebody has written is never written over."""

from __future__ import annotations

from pathlib import Path

from wardline.errors import OutputError, Place, Problem, ProblemKind

__all__ = ["write_new_file"]


def write_new_file(path: Path, content: str | bytes) -> None:
    """Write it, the folders above it too. Raises OutputError where something is there, or nothing can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            raise OutputError(
                Problem(
                    ProblemKind.CANNOT_WRITE,
                    "Something of that name is already there, and is not written over.",
                    "Name another file after --out, or move that one away.",
                    Place(str(path)),
                )
            ) from None
        raise OutputError(
            Problem(
                ProblemKind.CANNOT_WRITE,
                f"The file cannot be written: {error.strerror}.",
                "Name a file in a folder in which you may write.",
                Place(str(path)),
            )
        ) from None
