"""Signs in a text that nobody sees: those without width, which are taken out, and spaces that do not look like others.

Web pages, word processors and copied cells leave them behind. Some programs also write a letter and its accent as two
signs, which are made one. Two numbers that look the same must be the same.
In the name of a file such a sign is shown by its number instead, for the name says which file is meant.

>>> as_seen("E\\u200b1\\ufeff"), as_seen("Found\\u00a0at"), as_named("Found\\nat"), as_seen("Re\\u0301f")
('E1', 'Found at', 'Found at', 'Réf')
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

__all__ = ["COMPOSED", "MAY_BE_COMPOSED", "ODD_SPACES", "WITHOUT_WIDTH", "as_named", "as_seen", "as_shown"]

# The soft hyphen, joiners and non-joiners, marks for the direction of writing, and the mark of the order of bytes.
WITHOUT_WIDTH = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
ODD_SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
COMPOSED: Literal["NFC"] = "NFC"
# What a text has in which anything can be made one sign, or another that looks the same; read by Polars alone.
MAY_BE_COMPOSED = (
    r"[\p{M}\u0374\u037e\u0387\u0958-\u0fb9\u1161-\u1175\u11a8-\u11c2\u1f71-\u2001\u2126\u212a\u212b\u2329\u232a\u2adc"
    r"\u{f900}-\u{faff}\u{fb1d}-\u{fb4e}\u{1d15e}-\u{1d1c0}\u{2f800}-\u{2fa1d}]"
)


def as_seen(text: str) -> str:
    """A text without signs that have no width, with plain spaces, and with a letter and its accent in one sign."""
    if text.isascii():
        return text
    return unicodedata.normalize(COMPOSED, re.sub(ODD_SPACES, " ", re.sub(WITHOUT_WIDTH, "", text)))


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
