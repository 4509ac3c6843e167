"""Signing in at the provider of the office (OpenID Connect), when the environment names one."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

KEY = "office"


def provider_from_environment() -> dict[str, Any]:
    """The provider for the sign-in library; a name without the rest stops the start in words."""
    issuer = os.environ.get("THONGSUOT_OIDC_ISSUER", "")
    if not issuer:
        return {}
    client_id = os.environ.get("THONGSUOT_OIDC_CLIENT_ID", "")
    if not client_id:
        message = "THONGSUOT_OIDC_ISSUER names a provider: set THONGSUOT_OIDC_CLIENT_ID too."
        raise ImproperlyConfigured(message)
    return {
        "openid_connect": {
            # Who it is, and nothing else about them, is asked of the provider.
            "SCOPE": ["openid"],
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": KEY,
                    "name": os.environ.get("THONGSUOT_OIDC_LABEL", urlsplit(issuer).hostname),
                    "client_id": client_id,
                    "secret": os.environ.get("THONGSUOT_OIDC_CLIENT_SECRET", ""),
                    "settings": {"server_url": issuer.rstrip("/"), "fetch_userinfo": False},
                }
            ],
        }
    }


def origins_of_provider() -> list[str]:
    """Where a form of ours may lead: the provider's own origin, and another for its sign-in page if there is one."""
    named = [os.environ.get(name, "") for name in ("THONGSUOT_OIDC_ISSUER", "THONGSUOT_OIDC_SIGN_IN_ORIGIN")]
    return [f"{place.scheme}://{place.netloc}" for place in map(urlsplit, filter(None, named))]
