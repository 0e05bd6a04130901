"""What holds for every test: no network beyond this machine, and the same drawn examples on every machine.

`WARDLINE_EXAMPLES=3000 make test TESTS=tests/generative` draws more; `make explore` draws new worlds each time.
"""

from __future__ import annotations

import ipaddress
import os
import sys

import pytest
from hypothesis import settings
from ruamel.yaml import YAML

from tests.tracing import trace_threads_patiently, untraced

settings.register_profile(
    "same everywhere",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=int(os.environ.get("WARDLINE_EXAMPLES", "100")),
)
settings.load_profile("same everywhere")

# Most of what coverage costs in many tests is tracing the YAML library, line by line, and none of our code runs in it.
_compose = YAML.compose


def _compose_untraced(self: YAML, stream: object) -> object:
    with untraced():
        return _compose(self, stream)


YAML.compose = _compose_untraced

trace_threads_patiently()

NAMES_OF_THIS_MACHINE = {"localhost", "", None}


class NetworkBlocked(RuntimeError):
    """A test reached for the network. Tests read files of this repository and talk to this machine only."""


def _refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""  # a Unix socket's address is a path
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_this_machine(host):
        raise NetworkBlocked("Tests may not use the network.")


def _is_this_machine(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in NAMES_OF_THIS_MACHINE:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


# An audit hook, because it also sees connections that libraries written in C open through Python's socket module.
sys.addaudithook(_refuse_the_network)


@pytest.fixture
def network_blocked() -> type[Exception]:
    """The error that reaching for the network raises."""
    return NetworkBlocked
