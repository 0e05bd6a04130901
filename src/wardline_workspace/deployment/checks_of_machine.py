"""What is checked of the machine: whether the workspace answers over HTTPS, its clock, and whose its files are."""

from __future__ import annotations

import ctypes
import http.client
import os
import pwd
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

__all__ = ["answers_over_https", "clock_is_set", "exports_can_be_read", "files_are_its_users", "may_be_read_by_others"]

HTTPS_PORT, SECONDS_TO_ANSWER = 443, 5
SOONEST_END = timedelta(days=14)
LOG_IN = "/account/login/"
CLOCK_NOT_SET = 5  # what adjtimex gives: TIME_ERROR
LARGEST_TIMEX = 512  # bytes, more than any system's
THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def answers_over_https(*, port: int = HTTPS_PORT) -> tuple[bool, str]:
    """Whether each host answers as a browser asks it, with a certificate that this machine trusts."""
    hosts = [host for host in settings.DEPLOYMENT.hosts if host not in (*THIS_MACHINE, "*")]
    if not hosts or not settings.OVER_HTTPS:
        return False, "not looked at: there is no host, or no HTTPS. Put those right first"
    said = [_answers(host, port) for host in hosts]
    return all(is_right for is_right, _ in said), "; ".join(words for _, words in said)


def _answers(host: str, port: int) -> tuple[bool, str]:
    connection = http.client.HTTPSConnection(
        host, port, timeout=SECONDS_TO_ANSWER, context=ssl.create_default_context()
    )
    try:
        connection.request("GET", LOG_IN)
        certificate = connection.sock.getpeercert() or {}
        status = connection.getresponse().status
    except ssl.SSLCertVerificationError as error:
        return (
            False,
            f"the certificate of {host} is not one this machine trusts: {error.verify_message}. Put a valid one in",
        )
    except (OSError, http.client.HTTPException):
        return False, f"nothing answers at https://{host}. Start the web server, and see that its name leads here"
    finally:
        connection.close()
    if status in (301, 302):
        return False, f"https://{host} leads back to itself. Let the web server set X-Forwarded-Proto to https"
    if status != 200:
        return (
            False,
            f"https://{host} answers with {status}. Start `wardline serve`, and let the web server pass the host on",
        )
    return _ends(host, str(certificate["notAfter"]))


def _ends(host: str, not_after: str) -> tuple[bool, str]:
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(not_after), UTC)
    words = f"https://{host} answers; its certificate ends on {timezone.localtime(ends):%-d %B %Y}"
    return (True, words) if ends - timezone.now() > SOONEST_END else (False, f"{words}. Renew it")


def clock_is_set() -> tuple[bool, str]:
    """Whether the machine's clock is set over the network, and is not behind what the trail has already written."""
    from wardline_workspace.trail.models import Entry

    last = Entry.objects.order_by("-number").values_list("at", flat=True).first()
    if last is not None and last > timezone.now():
        return False, "behind the last entry of the trail. Set it right: time limits are counted by it"
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(LARGEST_TIMEX))
    except (OSError, AttributeError):
        return (
            True,
            f"{timezone.localtime():%H:%M}; whether it is set over the network is not to be told on this system",
        )
    if state == CLOCK_NOT_SET:
        return False, "not set over the network. Run: timedatectl set-ntp true"
    return True, f"set over the network; it is {timezone.localtime():%H:%M on %-d %B %Y}"


def files_are_its_users() -> tuple[bool, str]:
    """Whether all that lies in the folder belongs to whom the folder belongs to, and that is not root."""
    folder: Path = settings.DEPLOYMENT.folder
    owner = folder.stat().st_uid
    others = [path for path in (*folder.glob("*"), *folder.glob("*/*")) if path.lstat().st_uid != owner]
    if others:
        name = _name(owner)
        return False, f"{others[0]} belongs to somebody else than the folder. Run: chown -R {name} {folder}"
    if owner == 0:
        return False, "they belong to root. Give the workspace a user of its own, as the guide says"
    return True, f"all belong to {_name(owner)}"


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def exports_can_be_read() -> tuple[bool, str]:
    """Whether each folder of exports that the settings name is there."""
    lacking = [str(one) for one in settings.DEPLOYMENT.export_folders if not os.access(one, os.R_OK | os.X_OK)]
    if lacking:
        return False, f"{lacking[0]} cannot be looked into. Make it, or let the workspace's user read it"
    return True, f"{len(settings.DEPLOYMENT.export_folders)} named, and can be looked into"


def may_be_read_by_others(file: Path) -> bool:
    """Whether somebody else than its owner may read a file that is a secret."""
    return bool(stat.S_IMODE(file.stat().st_mode) & 0o077)
