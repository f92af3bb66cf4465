"""The worker's own internet: its name servers, and its routes, which lead every public address to the hostile world.

Whatever else is called (loopback, private, link-local, any address that no case has) leads to the canary. So a
worker that calls what it should not is seen, whatever the notation that fooled it, and nothing leaves the machine.
"""

import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

from tests.hostile.case import PUBLIC, Fault, LookUp

DEAD = ip_network("11.99.0.0/16")
HOLES = ip_network("11.98.0.0/16")


@dataclass(frozen=True, slots=True)
class Ports:
    """Where on this machine the world listens; raw has the ports of the hosts with addresses of their own."""

    http: int
    https: int
    raw: dict[str, int]
    canary: int


@dataclass(slots=True)
class Names:
    """The name servers: each host's answers one after the other, the last one again and again.

    Like the system's own, they take numbers in any notation for addresses.
    """

    look_ups: dict[str, list[LookUp]]

    def __call__(self, host: str, port: int) -> Sequence[str]:
        """The next answer for the name; OSError where there is no such host."""
        known = self.look_ups.get(host.lower().removesuffix("."))
        if known is None:
            return [socket.inet_ntoa(socket.inet_aton(host))]
        found = known.pop(0) if len(known) > 1 else known[0]
        match found:
            case Fault.SILENT:
                threading.Event().wait()
            case Fault.UNKNOWN:
                raise OSError(-2, "Name or service not known")
            case Fault.BROKEN:
                raise ValueError("these name servers are broken")
        return list(found)


@dataclass(slots=True)
class Routes:
    """Where connections end: called lists every address that was called and that no case has."""

    ports: Ports
    strays: list[str] = field(default_factory=list)

    def create_connection(
        self, address: tuple[str, int], timeout: float | None = None, *args: Any, **options: Any
    ) -> socket.socket:
        """What socket.create_connection returns, to where the address leads."""
        called = ip_address(address[0].partition("%")[0])
        if called in DEAD:
            raise ConnectionRefusedError(111, "nobody listens there")
        if called in HOLES:
            time.sleep(timeout or 60.0)
            raise TimeoutError("timed out")
        return CONNECT(("127.0.0.1", self.port_for(str(called), address[1])), timeout, *args, **options)

    def port_for(self, called: str, port: int) -> int:
        """The port of this machine at which the world answers for this address."""
        if called in self.ports.raw:
            return self.ports.raw[called]
        if called == PUBLIC and port in {80, 443}:
            return self.ports.http if port == 80 else self.ports.https
        self.strays.append(f"{called}:{port}")
        return self.ports.canary

    def install(self) -> None:
        """Lead every connection of this process from now on; what goes past the routes is noted and refused."""
        socket.create_connection = self.create_connection
        sys.addaudithook(self.watch)

    def watch(self, event: str, details: tuple[Any, ...]) -> None:
        """Refuse what calls or looks up anything past the routes and the name servers."""
        if event == "socket.connect" and not self.is_ours(details[1]):
            self.strays.append(f"past the routes: {details[1]}")
            raise ConnectionRefusedError(111, "past the routes")
        if event in {"socket.gethostbyname", "socket.getaddrinfo"} and details[0] != "127.0.0.1":
            self.strays.append(f"looked up past the name servers: {details[0]}")
            raise socket.gaierror(-2, "past the name servers")

    def is_ours(self, address: object) -> bool:
        """Whether this is a port of the world or of the canary."""
        ours = {self.ports.http, self.ports.https, self.ports.canary, *self.ports.raw.values()}
        return isinstance(address, tuple) and address[0] == "127.0.0.1" and address[1] in ours


CONNECT = socket.create_connection
