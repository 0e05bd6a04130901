"""A file encrypted with a passphrase, written and read in pieces: scrypt for the key, AES-256-GCM for each piece.

Each piece is bound to its number and to whether it is the last, so that pieces that were changed, moved, left out or
cut off at the end are noticed.
"""

from __future__ import annotations

import io
import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

__all__ = ["BEGINS_WITH", "DecryptingReader", "EncryptingWriter", "Spoilt"]

BEGINS_WITH = b"WARDLINE ENCRYPTED BACKUP 1\n"
PIECE = 1 << 20
SALT, NONCE, TAG = 16, 8, 16
SCRYPT_N, SCRYPT_R, SCRYPT_P = 1 << 15, 8, 1


class Spoilt(Exception):
    """The passphrase is another, or the file is not as it was written."""


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P).derive(passphrase.encode()))


def _bound(number: int, *, is_last: bool) -> bytes:
    return BEGINS_WITH + struct.pack(">I?", number, is_last)


class EncryptingWriter(io.RawIOBase):
    """Takes what is written to it and writes it encrypted; `close` writes the last piece."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        salt, self._nonce = os.urandom(SALT), os.urandom(NONCE)
        self._file, self._cipher = file, _cipher(passphrase, salt)
        self._held, self._number = bytearray(), 0
        file.write(BEGINS_WITH + salt + self._nonce)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Hold the data, and write each whole piece."""
        self._held += data
        while len(self._held) > PIECE:
            self._write_piece(bytes(self._held[:PIECE]), is_last=False)
            del self._held[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Write the last piece."""
        self._write_piece(bytes(self._held), is_last=True)
        self._held.clear()

    def _write_piece(self, piece: bytes, *, is_last: bool) -> None:
        nonce = self._nonce + struct.pack(">I", self._number)
        self._file.write(self._cipher.encrypt(nonce, piece, _bound(self._number, is_last=is_last)))
        self._number += 1


class DecryptingReader(io.RawIOBase):
    """Gives what was written. Raises Spoilt at the first piece that is not as it was written."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        head = file.read(len(BEGINS_WITH) + SALT + NONCE)
        if len(head) < len(BEGINS_WITH) + SALT + NONCE:
            raise Spoilt
        self._nonce = head[-NONCE:]
        self._file, self._cipher = file, _cipher(passphrase, head[len(BEGINS_WITH) : -NONCE])
        self._held, self._number, self._is_over = b"", 0, False
        self._ahead = file.read(PIECE + TAG)

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; all that is left where it is negative."""
        while not self._is_over and (size < 0 or len(self._held) < size):
            self._held += self._next_piece()
        given = self._held if size < 0 else self._held[:size]
        self._held = self._held[len(given) :]
        return given

    def _next_piece(self) -> bytes:
        piece, self._ahead = self._ahead, self._file.read(PIECE + TAG)
        self._is_over = not self._ahead
        nonce = self._nonce + struct.pack(">I", self._number)
        try:
            given = self._cipher.decrypt(nonce, piece, _bound(self._number, is_last=self._is_over))
        except (InvalidTag, ValueError):
            raise Spoilt from None
        self._number += 1
        return given
