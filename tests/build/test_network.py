"""Tests cannot reach another machine, and still reach this one."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_a_connection_to_another_machine_is_refused(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as outgoing, pytest.raises(RuntimeError, match="Tests stay on this machine"):
        outgoing.connect((address, 80))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(RuntimeError, match="Tests stay on this machine"):
        socket.create_connection(("example.org", 80), timeout=1)


def test_this_machine_can_be_reached() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        socket.create_connection(listening.getsockname(), timeout=1).close()
