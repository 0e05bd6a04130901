"""`wardline check-deployment` on the machine: HTTPS as a browser meets it, the clock, files, a head kept outside."""

from __future__ import annotations

import http.server
import ipaddress
import os
import ssl
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from wardline_workspace.deployment import checks_of_machine
from wardline_workspace.deployment.checks import all_checks
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

HOST = "127.0.0.2"


@pytest.fixture(autouse=True)
def secret(deployment):
    """The secret of a deployment, as it is made."""
    file = deployment.folder / "workspace.secret"
    file.touch(mode=0o600)
    return file


def said_of(what):
    return next(checked for checked in all_checks() if checked.what == what)


def certificate(folder, *, days):
    """A certificate of its own for HOST, valid for so many days, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)  # noqa: TID251 - a certificate is of today
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kind = serialization.Encoding.PEM
    private = key.private_bytes(kind, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "certificate.pem").write_bytes(built.public_bytes(kind))
    (folder / "key.pem").write_bytes(private)


@contextmanager
def answering(folder, status):
    """A web server with that certificate, which answers everything alike; gives its port."""

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    server = http.server.HTTPServer((HOST, 0), Answers)
    server.handle_error = lambda *_: None  # who does not trust it hangs up
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class TestAnsweringOverHttps:
    @pytest.fixture(autouse=True)
    def served(self, settings, deployment):
        settings.OVER_HTTPS = True
        settings.DEPLOYMENT = replace(deployment, hosts=(HOST, "localhost"))

    @pytest.mark.parametrize(
        ("status", "days", "is_right", "words"),
        [
            (200, 90, True, "answers; its certificate ends on"),
            (200, 5, False, "Renew it"),
            (301, 90, False, "leads back to itself"),
            (502, 90, False, "answers with 502"),
            (200, -1, False, "not one this machine trusts: certificate has expired"),
        ],
        ids=["right", "ends soon", "turns in a circle", "not served", "expired"],
    )
    def test_it_says_what_a_browser_would_meet(self, tmp_path, monkeypatch, status, days, is_right, words):
        certificate(tmp_path, days=days)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        with answering(tmp_path, status) as port:
            said = checks_of_machine.answers_over_https(port=port)
        assert said[0] is is_right
        assert words in said[1]

    def test_a_certificate_that_nobody_signed_is_not_trusted(self, tmp_path):
        certificate(tmp_path, days=90)
        with answering(tmp_path, 200) as port:
            is_right, words = checks_of_machine.answers_over_https(port=port)
        assert not is_right
        assert "not one this machine trusts" in words

    def test_nothing_answers(self):
        is_right, words = checks_of_machine.answers_over_https(port=1)
        assert not is_right
        assert "nothing answers at https://127.0.0.2" in words


@pytest.mark.django_db
class TestTheClockAndTheTrail:
    def test_a_clock_behind_the_trail_is_noticed(self, deployment, monkeypatch):
        record(Did.LOGGED_IN, by="somebody")
        earlier = timezone.now() - timedelta(hours=1)
        monkeypatch.setattr(checks_of_machine.timezone, "now", lambda: earlier)
        assert not said_of("Clock").is_right
        assert "behind the last entry" in said_of("Clock").words

    @pytest.mark.parametrize(("state", "is_right"), [(0, True), (5, False)], ids=["set", "not set"])
    def test_a_clock_that_nothing_sets_is_noticed(self, deployment, monkeypatch, state, is_right):
        class System:
            def __init__(self, _):
                self.adjtimex = lambda _: state

        monkeypatch.setattr(checks_of_machine.ctypes, "CDLL", System)
        assert said_of("Clock").is_right is is_right

    def test_a_head_that_was_kept_outside_is_compared_once_a_quarter(self, deployment, monkeypatch):
        record(Did.VERIFIED_TRAIL, by="command line", whole=True, heads=0)
        assert "none that was kept outside has been compared" in said_of("Head of the trail").words
        record(Did.VERIFIED_TRAIL, by="command line", whole=True, heads=1)
        assert said_of("Head of the trail").is_right
        later = timezone.now() + timedelta(days=101)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert not said_of("Head of the trail").is_right


class TestFiles:
    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
    def test_a_file_of_somebody_else_is_noticed(self, deployment):
        os.chown(deployment.folder, 12_345, -1)
        assert "belongs to somebody else" in checks_of_machine.files_are_its_users()[1]
        for path in deployment.folder.iterdir():
            path.unlink() if path.is_symlink() else os.chown(path, 12_345, -1)  # what all tests share is not its own
        assert checks_of_machine.files_are_its_users() == (True, "all belong to 12345")

    def test_a_folder_of_exports_that_is_not_there_is_noticed(self, settings, deployment, tmp_path):
        settings.DEPLOYMENT = replace(deployment, export_folders=(tmp_path, tmp_path / "gone"))
        is_right, words = checks_of_machine.exports_can_be_read()
        assert not is_right
        assert str(tmp_path / "gone") in words

    def test_a_secret_of_the_log_in_that_others_read_is_noticed(self, settings, deployment, tmp_path):
        from wardline_workspace.deployment.described import SingleSignOn

        file = tmp_path / "client.secret"
        file.touch(mode=0o644)
        sign_on = SingleSignOn("log-in", "https://log-in.example", "wardline", file)
        settings.DEPLOYMENT = replace(deployment, single_sign_on=sign_on)
        assert not said_of("Secret").is_right
        file.chmod(0o600)
        settings.SECRET_KEY = "short"
        assert "short enough to be guessed" in said_of("Secret").words
        settings.SECRET_KEY = "s" * 60
        assert said_of("Secret").is_right
