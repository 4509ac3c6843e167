"""``python -m tests.accounts.provider``: serve until the parent closes our standard input; says its port first."""

from __future__ import annotations

import os
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


def register_thongsuot(callback: str) -> None:
    """The one official and the one site that may ask who he is."""
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model

    get_user_model().objects.create_user("canbo", password="mat-khau-co-quan")
    client = Client(
        id="thongsuot",
        name="Thông Suốt",
        type=Client.Type.CONFIDENTIAL,
        skip_consent=True,
        redirect_uris=callback,
        scopes="openid",
        default_scopes="openid",
        grant_types="authorization_code",
        response_types="code",
    )
    client.set_secret("bi-mat")
    client.save()


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.accounts.provider.settings"
    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    register_thongsuot(os.environ["PROVIDER_CALLBACK"])
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
