"""Single sign-on: the body's own log-in opens an account that is there, and never makes one."""

from __future__ import annotations

import http.server
import json
import threading
import time
from dataclasses import replace
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from wardline.errors import DocumentError
from wardline_workspace.deployment.described import SingleSignOn, read_deployment
from wardline_workspace.deployment.single_sign_on import origin_of, provider_settings
from wardline_workspace.people.models import Account
from wardline_workspace.trail.models import Entry

CLIENT = "wardline-at-the-force"
SECRET = "what the directory gave us"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Issuer(http.server.BaseHTTPRequestHandler):
    """A body's directory, as OpenID Connect asks: where things are, a token for a code, and who it is."""

    person: ClassVar[dict[str, object]] = {}
    asked: ClassVar[list[dict[str, list[str]]]] = []

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        if self.path.endswith("openid-configuration"):
            self._give(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/userinfo":
            self._give(self.person)
        else:
            self._give({"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "1"}]})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.asked.append(sent)
        if sent.get("client_secret") != [SECRET] or sent.get("code") != ["a code"]:
            self._give({"error": "invalid_client"}, status=401)
            return
        now = int(time.time())  # noqa: TID251 - a directory asks the clock
        claims = {"iss": f"http://{self.headers['Host']}", "aud": CLIENT, "iat": now, "exp": now + 60, **self.person}
        self._give(
            {
                "access_token": "a token",
                "token_type": "Bearer",
                "id_token": jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"}),
            }
        )

    def _give(self, answer: object, status: int = 200) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def issuer():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Issuer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Issuer.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def sign_on(issuer, settings, in_earnest, tmp_path):
    file = tmp_path / "client.secret"
    file.write_text(SECRET + "\n", encoding="utf-8")
    described = SingleSignOn("the force’s log-in", issuer, CLIENT, file)
    settings.DEPLOYMENT = replace(in_earnest, single_sign_on=described)
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(described)
    return described


def come_back_as(person: dict[str, object], *, code: str = "a code"):
    """Go to the directory and come back from it as somebody."""
    Issuer.person = person
    browser = Client()
    away = browser.post("/account/oidc/single-sign-on/login/")
    assert away.status_code == 302
    asked = parse_qs(urlsplit(away.url).query)
    assert asked["client_id"] == [CLIENT]
    assert asked["code_challenge_method"] == ["S256"]
    back = {"code": code, "state": asked["state"][0]}
    return browser, browser.get("/account/oidc/single-sign-on/login/callback/", back)


@pytest.mark.django_db
class TestLoggingIn:
    def test_a_known_account_is_opened_and_needs_its_second_step_here(self, sign_on, account_as):
        account = account_as("force-lead")
        browser, answer = come_back_as({"sub": "17", "email": account.email, "email_verified": True})
        assert (answer.status_code, answer.url) == (302, "/")
        assert browser.get("/dives/").url == "/account/2fa/totp/activate/"
        assert Entry.objects.filter(did="logged in", by=account.public_id).exists()
        assert Issuer.asked[0]["code_verifier"], "the code alone is worth nothing to whoever reads it"

    @pytest.mark.parametrize(
        "person",
        [
            {"sub": "18", "email": "stranger@force.example", "email_verified": True},
            {"sub": "18", "email": "force-lead@made-up.example", "email_verified": False},
            {"sub": "18", "email": "force-lead@made-up.example"},
            {"sub": "18"},
        ],
        ids=["stranger", "address not verified", "not said to be verified", "no address"],
    )
    def test_nobody_else_gets_an_account(self, sign_on, account_as, person):
        account_as("force-lead")
        browser, answer = come_back_as(person)
        assert answer.status_code == 403
        assert "There is no account for you here" in answer.content.decode()
        assert browser.get("/").status_code == 302
        assert Account.objects.count() == 1

    def test_a_closed_account_stays_closed(self, sign_on, account_as):
        account = account_as("force-lead")
        account.is_active = False
        account.save()
        browser, _ = come_back_as({"sub": "17", "email": account.email, "email_verified": True})
        assert browser.get("/").status_code == 302

    def test_an_answer_that_nobody_asked_for_is_not_taken(self, sign_on, account_as):
        Issuer.person = {"sub": "17", "email": account_as("force-lead").email, "email_verified": True}
        browser = Client()
        answer = browser.get("/account/oidc/single-sign-on/login/callback/", {"code": "a code", "state": "made up"})
        assert "could not be logged in" in answer.content.decode()
        assert browser.get("/").status_code == 302

    def test_a_directory_that_refuses_is_told_of_in_words(self, sign_on):
        _, answer = come_back_as({"sub": "17"}, code="another code")
        assert "could not be logged in" in answer.content.decode()

    def test_the_log_in_page_offers_it(self, sign_on):
        assert "Log in with the force’s log-in" in Client().get("/account/login/").content.decode()

    def test_it_is_not_offered_where_there_is_none(self, in_earnest):
        assert "/account/oidc/" not in Client().get("/account/login/").content.decode()
        assert Client().post("/account/oidc/single-sign-on/login/").status_code == 404


def test_it_is_described_in_the_settings(tmp_path):
    file = tmp_path / "workspace.yaml"
    file.write_text(
        "workspace of: office\nforce: F\noffice: O\nduty post: {name: d, telephone: t}\n"
        "professional standards: {name: p, telephone: t}\n"
        "single sign-on: {issuer: https://log-in.example/tenant/, client id: c, client secret file: client.secret}\n",
        encoding="utf-8",
    )
    described = read_deployment(file).single_sign_on
    assert described.issuer == "https://log-in.example/tenant"
    assert described.client_secret_file == tmp_path / "client.secret"
    assert origin_of(described) == ["https://log-in.example"]
    with pytest.raises(DocumentError, match="client secret"):
        provider_settings(described)


def test_without_it_nothing_is_offered():
    assert provider_settings(None) == {}
    assert origin_of(None) == []
