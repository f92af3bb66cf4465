"""The hostile world: one server for every hostile host, over HTTP and TLS, and the canary that nobody may ask."""

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import socket

import trustme

from tests.hostile.case import CANARY, CANARY_NAME, Case, Certificate, LookUp
from tests.hostile.routes import Ports
from tests.scrapers.site import Answer, Site, answer

# The hosts that are given a raw connection have addresses of their own, by which the worker's routes find them.
FIRST_RAW = ip_address("11.33.0.1")
NOT_FOUND = answer(b"not here", status="404 Not Found")


class World(Site):
    """Answers for every hostile host by the name that it is asked under."""

    def __init__(self, cases: Sequence[Case], tls: ssl.SSLContext | None = None) -> None:
        super().__init__()
        self._server.tls = tls
        self._cases = {case.host: case for case in cases}

    def reply(self, head: str) -> Answer:
        """What the host that the request names has at its target."""
        lines = head.split("\r\n")
        host = next((line[5:].strip().lower() for line in lines if line.lower().startswith("host:")), "")
        case = self._cases.get(host.removesuffix("."))
        target = lines[0].split(" ")[1]
        return (case.answer_to(target) if case else None) or NOT_FOUND


class RawServer(socketserver.ThreadingTCPServer):
    """Gives every connection to one function, as it comes."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, converse: Callable[[socket], None]) -> None:
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self._converse = converse

    def finish_request(self, request: object, client_address: object) -> None:
        """Let the function talk until a side hangs up."""
        assert isinstance(request, socket)
        with suppress(OSError):
            self._converse(request)


@dataclass(frozen=True, slots=True)
class Serving:
    """The world while it runs; look_ups is what name servers say of it."""

    ports: Ports
    look_ups: dict[str, Sequence[LookUp]]
    authority_pem: Path
    canary: Site


@contextmanager
def serving(cases: Sequence[Case], folder: Path) -> Iterator[Serving]:
    """The hostile world of these cases, and its canary; the folder takes the authority's certificate, made anew."""
    authority = trustme.CA()
    authority_pem = folder / "authority.pem"
    authority.cert_pem.write_to_path(authority_pem)
    raw = {address: RawServer(case.raw) for address, case in raw_hosts(cases).items() if case.raw is not None}
    with World(cases) as plain, World(cases, showing(authority, cases)) as encrypted, Site() as canary:
        for server in raw.values():
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        ports = {address: server.server_address[1] for address, server in raw.items()}
        try:
            listening = Ports(plain.port, encrypted.port, ports, canary.port)
            yield Serving(listening, look_ups(cases), authority_pem, canary)
        finally:
            for server in raw.values():
                server.shutdown()
                server.server_close()


def raw_hosts(cases: Sequence[Case]) -> dict[str, Case]:
    """The hosts that are given raw connections, by their addresses."""
    raw = [case for case in cases if case.raw is not None]
    return {str(FIRST_RAW + number): case for number, case in enumerate(raw)}


def look_ups(cases: Sequence[Case]) -> dict[str, Sequence[LookUp]]:
    """What the name servers say of every case's hosts, of the canary and of localhost."""
    known: dict[str, Sequence[LookUp]] = {CANARY_NAME: [[CANARY]], "localhost": [["127.0.0.1", "::1"]]}
    for case in cases:
        known |= {**case.names, case.host: case.look_ups}
    return known | {case.host: [[address]] for address, case in raw_hosts(cases).items()}


def showing(authority: trustme.CA, cases: Sequence[Case]) -> ssl.SSLContext:
    """A context that shows each host the certificate that its case says."""
    certificates = {case.host: case.certificate for case in cases}
    contexts = {kind: ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) for kind in Certificate}
    for kind, context in contexts.items():
        hosts = [host for host, shown in certificates.items() if shown is kind]
        certificate(kind, authority, hosts).configure_cert(context)

    def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        connection.context = contexts[certificates.get(name or "", Certificate.GOOD)]

    contexts[Certificate.GOOD].sni_callback = choose
    return contexts[Certificate.GOOD]


def certificate(kind: Certificate, authority: trustme.CA, hosts: Sequence[str]) -> trustme.LeafCert:
    """A certificate of this kind for these hosts."""
    names = [*hosts, "nobody.example"]
    match kind:
        case Certificate.EXPIRED:
            return authority.issue_cert(*names, not_after=datetime.now(UTC) - timedelta(days=1))
        case Certificate.OTHER_NAME:
            return authority.issue_cert("somebody-else.example")
        case Certificate.UNKNOWN_AUTHORITY:
            return trustme.CA().issue_cert(*names)
        case Certificate.GOOD:
            return authority.issue_cert(*names)
