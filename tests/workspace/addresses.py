"""Addresses as tests open them: with something in each place of an address that differs."""

from __future__ import annotations

import re

from wardline_workspace.people.addresses import Address, every_address

OURS = [address for address in every_address() if address.is_ours]
THEIRS = [address for address in every_address() if not address.is_ours]
BY_CONVERTER = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "path": "none"}


def filled_in(address: Address, given: dict[str, object] | None = None) -> str:
    """The address with what is given for its parts, and something that is not there for the others."""

    def part(found: re.Match[str]) -> str:
        return str((given or {}).get(found[2]) or BY_CONVERTER.get(found[1] or "str", "0" * 12))

    return re.sub(r"<(?:(\w+):)?(\w+)>", part, address.path)
