"""Where an act comes from: a page, a job or the command line; for a page also from which part of the network.

Filled once by the middleware or the queue and read by the record of acts, so that no service has to carry it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

KEPT_BITS = {4: 24, 6: 48}


class Source(StrEnum):
    WEB = "web"
    JOB = "job"
    COMMAND = "command"


@dataclass(frozen=True)
class Origin:
    """``address`` is shortened (``shortened``), ``session`` a keyed hash: it tells sessions apart and opens none."""

    source: Source
    address: str = ""
    session: str = ""


_told: ContextVar[Origin] = ContextVar("origin", default=Origin(Source.COMMAND))  # noqa: B039  # it is frozen


def origin() -> Origin:
    """Where what happens now comes from."""
    return _told.get()


@contextmanager
def coming_from(place: Origin) -> Iterator[None]:
    token = _told.set(place)
    try:
        yield
    finally:
        _told.reset(token)


def shortened(address: str) -> str:
    """The network of an address, not the machine: enough to tell the office from elsewhere (Law 91/2025/QH15)."""
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return ""
    mapped = given.ipv4_mapped if isinstance(given, ipaddress.IPv6Address) else None
    known = mapped or given
    return str(ipaddress.ip_network((known, KEPT_BITS[known.version]), strict=False))
