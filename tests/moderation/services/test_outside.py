import http.server
import json
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from moderation.choices import ContentStatus
from moderation.models import Flag
from moderation.services import admission, outside
from tests.factories.notes import NoteFactory
from tests.moderation.rules.submissions import submission

pytestmark = pytest.mark.django_db
KEY = "a key of the town and of nobody else"


class Answerer(http.server.BaseHTTPRequestHandler):
    """Answers as the test wants, and keeps what it was asked."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, self.headers, body))
        self.server.answer(self)

    def log_message(self, *args):
        pass


def say(told, status=200, **headers):
    def answer(handler):
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return files with a key and a certificate for localhost."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    pem = serialization.Encoding.PEM
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "cert.pem").write_bytes(built.public_bytes(pem))
    return folder


@pytest.fixture
def server(certificate, settings, monkeypatch):
    """Serve https on this machine, and let it pass for a public one."""
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answerer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    made.socket = context.wrap_socket(made.socket, server_side=True)
    made.asked, made.answer = [], say({"flag": False})
    made.daemon_threads, made.block_on_close = True, False
    # Half a second is how often it looks by default whether it should stop.
    threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
    settings.FOLKMOOT_CHECKS = [
        {
            "name": "spam",
            "url": f"https://localhost:{made.server_address[1]}/check?v=1",
            "key": KEY,
            "ca": str(certificate / "cert.pem"),
        }
    ]
    monkeypatch.setattr(outside, "is_public", lambda address: True)
    yield made
    made.shutdown()
    made.server_close()


class TestAQuestion:
    def test_is_signed_and_tells_nothing_of_the_author(self, server, now):
        note = NoteFactory(text="Buy shoes", author__pseudonym="Ida Heron")
        assert outside.consult(content=note, now=now) == []
        ((path, headers, body),) = server.asked
        assert path == "/check?v=1"
        assert headers["Folkmoot-Signature"] == outside.sign(KEY, body, now=now)
        assert json.loads(body) == {
            "kind": "note", "id": note.pk, "text": "Buy shoes", "language": "en"
        }  # fmt: skip
        assert KEY not in str(headers)

    def test_is_asked_after_a_text_was_stored(
        self, server, now, django_capture_on_commit_callbacks
    ):
        server.answer = say({"flag": True, "message": "99 %"})
        note = NoteFactory()
        admitted = admission.Admitted(
            submission=submission(note.text), html=note.html,
            status=ContentStatus.PUBLISHED, verdict=admission.Verdict(),
            review_first=False,
        )  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            admission.record(content=note, admitted=admitted, now=now)
        assert Flag.objects.get().rule_id == "outside:spam"

    def test_is_asked_by_default_of_nobody(self, now):
        assert outside.checks() == ()
        assert outside.consult(content=NoteFactory(), now=now) == []


class TestAnAnswer:
    def test_makes_a_flag_and_never_hides(self, server, now):
        told = {
            "flag": True,
            "message": "advertising",
            "version": "7",
            "start": 0,
            "end": 3,
        }
        server.answer = say(told)
        note = NoteFactory(text="Buy shoes")
        (flag,) = outside.consult(content=note, now=now)
        assert (flag.rule_id, flag.rule_version) == ("outside:spam", "7")
        assert flag.matched == "Buy"
        assert "advertising" in flag.text
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED

    @pytest.mark.parametrize(
        "answer",
        [
            say(b"not json"),
            say([1]),
            say({"flag": "yes"}),
            say({"flag": True}, status=500),
            say({"flag": True}, status=302, Location="https://localhost/other"),
            say(b"[" * 70_000),
            lambda handler: handler.connection.close(),
        ],
    )
    def test_that_is_none_changes_nothing(self, server, now, answer):
        """Known holes, row 17: a redirect is not followed."""
        server.answer = answer
        assert outside.consult(content=NoteFactory(), now=now) == []
        assert len(server.asked) == 1
        assert not Flag.objects.exists()

    def test_that_drips_is_cut_off(self, server, now, monkeypatch):
        def drip(handler):
            handler.send_response(200)
            handler.end_headers()
            for _time in range(200):
                handler.wfile.write(b" ")
                time.sleep(0.1)

        monkeypatch.setattr(outside, "SECONDS", 0.5)
        server.answer = drip
        begun = time.monotonic()
        assert outside.consult(content=NoteFactory(), now=now) == []
        assert time.monotonic() - begun < 15

    def test_bears_places_that_are_none(self, server, now):
        server.answer = say({"flag": True, "start": -1, "end": 10**9, "message": None})
        (flag,) = outside.consult(content=NoteFactory(), now=now)
        assert (flag.start, flag.end) == (None, None)

    def test_needs_a_certificate_that_fits(self, server, now, settings):
        (check,) = settings.FOLKMOOT_CHECKS
        settings.FOLKMOOT_CHECKS = [{**check, "ca": None}]
        assert outside.consult(content=NoteFactory(), now=now) == []
        assert server.asked == []


class TestAnAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
            "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::",
            "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
            "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::1",
        ],
    )  # fmt: skip
    def test_inside_is_never_called(self, address):
        """Known holes, row 17."""
        assert not outside.is_public(address)

    @pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111"])
    def test_outside_may_be(self, address):
        assert outside.is_public(address)

    def test_behind_a_name_is_looked_at(self, server, now, monkeypatch):
        """Known holes, row 17: a public name may point inside."""
        monkeypatch.undo()
        assert outside.consult(content=NoteFactory(), now=now) == []
        assert server.asked == []


class TestTheSetting:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": "x", "url": "http://example.org/", "key": KEY},
            {"name": "x", "url": "https://user@example.org/", "key": KEY},
            {"name": "x", "url": "https://example.org/", "key": "short"},
            {"name": "x", "url": "https://example.org/"},
        ],
    )
    def test_is_refused_when_it_could_not_work(self, settings, wrong):
        settings.FOLKMOOT_CHECKS = [wrong]
        with pytest.raises(SystemCheckError, match="moderation.E003"):
            call_command("check")
