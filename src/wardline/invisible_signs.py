"""Signs in a text that nobody sees: those without width, which are taken out, and spaces that do not look like others.

Web pages, word processors and copied cells leave them behind. Two numbers that look the same must be the same.

>>> as_seen("E\\u200b1\\ufeff"), as_seen("Found\\u00a0at")
('E1', 'Found at')
"""

from __future__ import annotations

import re

__all__ = ["ODD_SPACES", "WITHOUT_WIDTH", "as_seen"]

# The soft hyphen, joiners and non-joiners, marks for the direction of writing, and the mark of the order of bytes.
WITHOUT_WIDTH = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
ODD_SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"


def as_seen(text: str) -> str:
    """A text without signs that have no width, and with plain spaces in it."""
    return text if text.isascii() else re.sub(ODD_SPACES, " ", re.sub(WITHOUT_WIDTH, "", text))
