"""The settings of an installation: safe without being asked, and refusing to start in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from thongsuot.config.hosts import hosts_from_environment

GOOD_KEY = "7Vf-qk2Zs_9dLr4XwB0nTgYh6MeUj1PcAa3RiOo5HyNtKbDxGmEvQzS8FuWlJC"
SHOW = """
import django, json
django.setup()
from django.conf import settings
print(json.dumps({{name: str(getattr(settings, name)) for name in {names}}}))
"""


def run(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A start of the product as an administrator would start it, with nothing of this run's settings."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("THONGSUOT_", "DJANGO_")) and name != "DATABASE_URL"
    }
    given = {
        "THONGSUOT_HOME": str(tmp_path),
        "THONGSUOT_SECRET_KEY": GOOD_KEY,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    given |= {"DJANGO_SETTINGS_MODULE": "thongsuot.config.settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        env=clean | given | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def values(tmp_path: Path, *names: str, **environment: str) -> dict[str, str]:
    done = run(tmp_path, "-c", SHOW.format(names=list(names)), **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def manage(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(tmp_path, "-m", "thongsuot.config.cli", "manage", *arguments, **environment)


def test_what_nobody_asked_for_is_off(tmp_path: Path) -> None:
    found = values(
        tmp_path, "DEBUG", "SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT", "ALLOWED_HOSTS"
    )
    assert found["DEBUG"] == "False"
    assert found["SECURE_PROXY_SSL_HEADER"] == "None"
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == "0"
    assert "*" not in found["ALLOWED_HOSTS"]


@pytest.mark.parametrize("hosts", ["*", "thongsuot.example.vn,.example.vn"])
def test_any_name_at_all_asks_for_the_address_of_the_site(
    monkeypatch: pytest.MonkeyPatch, hosts: str
) -> None:
    monkeypatch.setenv("THONGSUOT_HOSTS", hosts)
    monkeypatch.delenv("THONGSUOT_URL", raising=False)
    with pytest.raises(ImproperlyConfigured, match="THONGSUOT_URL"):
        hosts_from_environment()
    monkeypatch.setenv("THONGSUOT_URL", "https://thongsuot.example.vn")
    assert hosts_from_environment() == hosts.split(",")


def test_the_checks_find_nothing(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_a_public_installation_has_no_weakness_that_the_checks_know(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", THONGSUOT_TLS="1", THONGSUOT_HOSTS="thongsuot.example.vn")
    assert done.returncode == 0, done.stderr
    found = {line.split("(")[1].split(")")[0] for line in done.stderr.splitlines() if line.startswith("?: (")}
    # HSTS for other names of the domain is not ours to decide: they may belong to other offices.
    assert found <= {"security.W005", "security.W021"}


def test_behind_tls_cookies_and_addresses_follow_the_proxy(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER"),
        *("SECURE_HSTS_SECONDS", "ALLAUTH_TRUSTED_PROXY_COUNT"),
        THONGSUOT_TLS="1",
    )
    assert found == {
        "SESSION_COOKIE_SECURE": "True",
        "CSRF_COOKIE_SECURE": "True",
        "SECURE_SSL_REDIRECT": "True",
        "SECURE_PROXY_SSL_HEADER": "('HTTP_X_FORWARDED_PROTO', 'https')",
        "SECURE_HSTS_SECONDS": "31536000",
        "ALLAUTH_TRUSTED_PROXY_COUNT": "1",
    }


def test_without_a_key_nothing_starts_and_the_sentence_says_what_to_set(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", THONGSUOT_SECRET_KEY="")
    assert done.returncode != 0
    sentence = "No secret key: set THONGSUOT_SECRET_KEY to a long random text, or run 'thongsuot found'"
    assert sentence in done.stderr
    assert str(tmp_path / "secret-key") in done.stderr


def test_the_key_of_the_folder_is_taken_when_the_environment_has_none(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("x" * 60 + "\n")
    assert values(tmp_path, "SECRET_KEY", THONGSUOT_SECRET_KEY="")["SECRET_KEY"] == "x" * 60


@pytest.mark.parametrize("url", ["mysql://a@b/c", "thongsuot.sqlite3", "postgres", "http://example.org/x"])
def test_a_wrong_database_address_is_refused_in_words(tmp_path: Path, url: str) -> None:
    done = manage(tmp_path, "check", DATABASE_URL=url)
    assert done.returncode != 0
    assert "DATABASE_URL must begin with postgresql:// or sqlite://" in done.stderr


def test_a_refusal_of_the_address_does_not_show_the_password(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", DATABASE_URL="mysql://clerk:geheim@db/x")
    assert "geheim" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://so%40:p%2Fw@db.example.vn:6432/van%20ban",
            {"NAME": "van ban", "USER": "so@", "PASSWORD": "p/w", "HOST": "db.example.vn", "PORT": "6432"},
        ),
        (
            "postgres://so@/vanban?host=/run/postgresql",
            {
                "NAME": "vanban",
                "HOST": "/run/postgresql",
                "PORT": "",
                "OPTIONS": {"options": "-c jit=off"},
            },
        ),
        ("sqlite:////srv/so.sqlite3", {"NAME": Path("/srv/so.sqlite3")}),
    ],
)
def test_every_part_of_the_database_address_arrives(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, expected: dict[str, Any]
) -> None:
    from thongsuot.config.database import database_from_environment

    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(Path, "mkdir", lambda *args, **more: None)
    found = database_from_environment(tmp_path)
    assert {name: found[name] for name in expected} == expected


def test_without_an_address_the_database_is_a_file_that_two_may_write(tmp_path: Path) -> None:
    program = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for pragma in ("journal_mode", "foreign_keys", "busy_timeout"):
        cursor.execute(f"PRAGMA {pragma}")
        print(cursor.fetchone()[0])
"""
    done = run(tmp_path, "-c", program)
    assert done.stdout.split() == ["wal", "1", "20000"], done.stderr
    assert (tmp_path / "thongsuot.sqlite3").exists()
