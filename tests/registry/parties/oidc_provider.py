"""An OpenID Connect provider on this machine, for tests: it signs in whomever the test names, without asking."""

import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "firmpath", "only for tests"


class Provider:
    """What the provider says of whoever signs in; tests change `claims`, `id_claims` and `refuses`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.id_claims: dict[str, Any] = {}
        self.refuses = False
        self.challenges: dict[str, str] = {}

    @property
    def variables(self) -> dict[str, str]:
        """Give the variables of a register that uses it."""
        return {
            "OIDC_NAME": "Brook Energy",
            "OIDC_SERVER_URL": self.address,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }

    def configuration(self) -> dict[str, Any]:
        """Say where everything is."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Sign somebody in, and say where the browser goes back to."""
        answer = {"state": asked["state"]}
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode(answer | {'error': 'access_denied'})}"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        answer["code"] = secrets.token_hex(8)
        self.challenges[answer["code"]] = asked["code_challenge"]
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def token(self, asked: dict[str, str]) -> dict[str, Any]:
        """Give the tokens for a code, once, to the register that asked for it."""
        proof = urlsafe_b64encode(sha256(asked["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if self.challenges.pop(asked["code"], "") != proof or asked["client_secret"] != CLIENT_SECRET:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT_ID,
            "sub": "41",
            "iat": now,
            "exp": now + 300,
            **self.id_claims,
        }
        id_token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "for-userinfo", "token_type": "Bearer", "id_token": id_token}

    def keys(self) -> dict[str, Any]:
        """Give the public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def userinfo(self) -> dict[str, Any]:
        """Say who signed in."""
        return {"sub": "41", **self.claims}


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider until the `with` is left."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = _Handler.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(_first(parts.query)))
            self.end_headers()
            return
        answers = {
            "/.well-known/openid-configuration": self.provider.configuration,
            "/keys": self.provider.keys,
            "/userinfo": self.provider.userinfo,
        }
        self._answer(answers[parts.path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(self.provider.token(_first(body)))

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def _answer(self, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(400 if "error" in value else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
