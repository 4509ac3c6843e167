"""The names the site answers to. Links in invitations are made of the name a request came by."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured


def hosts_from_environment() -> list[str]:
    """Names said one by one. Any name at all, without the site's own address, would let a stranger write letters
    whose links lead elsewhere: that stops the start in words."""
    hosts = os.environ.get("THONGSUOT_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    open_ones = [host for host in hosts if host.strip() == "*" or host.strip().startswith(".")]
    if open_ones and not os.environ.get("THONGSUOT_URL"):
        message = (
            f"THONGSUOT_HOSTS holds {', '.join(open_ones)}: name every host, "
            "or set THONGSUOT_URL, of which links in invitations are made then."
        )
        raise ImproperlyConfigured(message)
    return hosts
