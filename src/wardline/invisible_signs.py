"""Signs in a text that nobody sees: those without width, which are taken out, and spaces that do not look like others.

Web pages, word processors and copied cells leave them behind. Two numbers that look the same must be the same.
In the name of a file such a sign is shown by its number instead, for the name says which file is meant.

>>> as_seen("E\\u200b1\\ufeff"), as_seen("Found\\u00a0at"), as_named("Found\\nat")
('E1', 'Found at', 'Found at')
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["ODD_SPACES", "WITHOUT_WIDTH", "as_named", "as_seen", "as_shown"]

# The soft hyphen, joiners and non-joiners, marks for the direction of writing, and the mark of the order of bytes.
WITHOUT_WIDTH = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
ODD_SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"


def as_seen(text: str) -> str:
    """A text without signs that have no width, and with plain spaces in it."""
    return text if text.isascii() else re.sub(ODD_SPACES, " ", re.sub(WITHOUT_WIDTH, "", text))


def as_named(text: str) -> str:
    """The name of a column on one line: as it is seen, with one space wherever lines end or several spaces are."""
    return " ".join(as_seen(text).split())


def as_shown(name: str) -> str:
    r"""The name of a file in signs that can be seen: a line end in it is \n, a byte that is no letter is \xff."""
    return name if name.isprintable() else "".join(map(_shown, name))


def _shown(sign: str) -> str:
    if "\udc80" <= sign <= "\udcff":  # so Python keeps a byte that is not UTF-8
        return f"\\x{ord(sign) - 0xDC00:02x}"
    is_unseen = unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return sign.encode("unicode_escape", "surrogatepass").decode() if is_unseen else sign
