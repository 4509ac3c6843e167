"""What holds for all tests: nothing leaves the machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.browser import chromium, open_page
from tests.cast import Cast, gather

__all__ = ["chromium", "open_page"]  # fixtures for every folder


class NetworkRefusedError(RuntimeError):
    """A test tried to reach another machine."""


def _stays_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _stays_here(address[0]):
            raise NetworkRefusedError(
                f"Tests stay on this machine: a connection to {address[0]} was refused."
            )
        return connect(self, address)

    return call


def _guarded_lookup(lookup: Callable[..., Any]) -> Callable[..., Any]:
    def call(host: Any, *args: Any, **options: Any) -> Any:
        if not _stays_here(host):
            raise NetworkRefusedError(f"Tests stay on this machine: looking up {host} was refused.")
        return lookup(host, *args, **options)

    return call


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
        yield


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page asked for in English leaves its thread speaking English; the next test begins in the usual language."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The cast is founded once; every test rolls back to it."""
    with django_db_blocker.unblock():
        gather()


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()
