"""Files as they come in: straight into the folder of the work, never more than is allowed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

__all__ = ["MOST_FILES", "PREFIX", "IntoFolder"]

MOST_FILES = 200
AT_ONCE = 1 << 20  # bytes
PREFIX = ".coming-in-"


class IntoFolder(FileUploadHandler):
    """Writes files beside where they will lie, so that no record is ever among the machine's temporary files.

    Once `limit` bytes have come in, the rest is read and thrown away: a browser would otherwise say only that the
    connection broke. `is_too_large` and `are_too_many` say then what was wrong.
    """

    chunk_size = AT_ONCE

    def __init__(self, folder: Path, *, limit: int) -> None:
        super().__init__()
        self.folder = folder
        self.limit = limit
        self.came_in = 0
        self.count = 0
        self.is_too_large = False
        self.are_too_many = False
        self.writing: Any = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **kwargs)
        self.count += 1
        if self.count > MOST_FILES:
            self.are_too_many = True
            raise SkipFile
        if self.is_too_large:
            raise SkipFile
        self.folder.mkdir(parents=True, exist_ok=True)
        self.writing = tempfile.NamedTemporaryFile(dir=self.folder, prefix=PREFIX)  # noqa: SIM115 - closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of the file."""
        self.came_in += len(raw_data)
        if self.came_in > self.limit:
            self.is_too_large = True
            self.writing.close()
            raise SkipFile
        self.writing.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file is here."""
        if self.is_too_large or self.are_too_many:
            return None
        self.writing.flush()
        self.writing.seek(0)
        return UploadedFile(self.writing, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """Somebody stopped the upload: nothing of it stays."""
        if self.writing is not None:
            self.writing.close()
