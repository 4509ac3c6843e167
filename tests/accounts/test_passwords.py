"""Passwords stolen elsewhere are refused, offline, from a list of any length; and hashes are today's."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongsuot.accounts.passwords import is_listed
from thongsuot.config.settings import PASSWORD_HASHERS

STOLEN = ["con-meo-ngu-tren-mai", "mua-xuan-tren-song-7", "Đường về nhà dài lắm"]


def sha(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(hashes: list[str], *, end: str = "\n", last: bool = True, counts: bool = True) -> Path:
        file = tmp_path / "stolen.txt"
        lines = [f"{one}:{number + 1}" if counts else one for number, one in enumerate(sorted(hashes))]
        file.write_bytes((end.join(lines) + (end if last else "")).encode())
        return file

    return written


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("counts", [True, False])
def test_the_first_the_last_and_those_between_are_found(
    write: Callable[..., Path], end: str, last: bool, counts: bool
) -> None:
    others = [sha(f"khac-{number}") for number in range(1000)]
    file = write([*map(sha, STOLEN), *others], end=end, last=last, counts=counts)
    assert all(is_listed(file, password) for password in STOLEN)
    assert all(is_listed(file, f"khac-{number}") for number in range(1000))
    assert not any(is_listed(file, f"chua-mat-{number}") for number in range(1000))


@given(listed=st.sets(st.text(max_size=8), max_size=30), asked=st.text(max_size=8))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_agrees_with_looking_at_every_line(
    write: Callable[..., Path], listed: set[str], asked: str
) -> None:
    file = write([sha(password) for password in listed])
    assert is_listed(file, asked) == (asked in listed)


def test_a_long_list_is_not_read_into_memory(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    with file.open("wb") as lines:
        for number in range(400_000):
            lines.write(b"%040X:1\n" % (number << 140))
    tracemalloc.start()
    assert not is_listed(file, "chua-mat")
    assert tracemalloc.get_traced_memory()[1] < 200_000
    tracemalloc.stop()


def test_a_stolen_password_is_refused_in_words(write: Callable[..., Path], settings: Any) -> None:
    validate_password(STOLEN[0])
    settings.BREACHED_PASSWORDS = str(write(list(map(sha, STOLEN))))
    with pytest.raises(ValidationError) as refusal:
        validate_password(STOLEN[0])
    assert refusal.value.messages == [
        "Mật khẩu này đã bị lộ trong một vụ mất dữ liệu ở nơi khác. Hãy chọn mật khẩu khác."
    ]
    validate_password("chua-ai-mat-cau-nay")


def test_a_list_that_is_gone_or_empty_keeps_nobody_out(tmp_path: Path, settings: Any) -> None:
    settings.BREACHED_PASSWORDS = str(tmp_path / "gone.txt")
    validate_password("chua-ai-mat-cau-nay")
    (tmp_path / "gone.txt").touch()
    validate_password("chua-ai-mat-cau-nay")


def test_the_list_is_checked_by_a_command(write: Callable[..., Path], settings: Any, tmp_path: Path) -> None:
    said = io.StringIO()
    call_command("check_passwords", str(write(list(map(sha, STOLEN)))), stdout=said)
    assert "3 lines are in order" in said.getvalue()
    broken = tmp_path / "broken.txt"
    first, second = sorted(map(sha, STOLEN[:2]))
    for content, why in (
        (f"{second}:1\n{first}:1\n", "line 2: is not in order"),
        (f"{first}\n{first}\n", "line 2: is not in order"),
        (f"{first.lower()}\n", "line 1: does not begin with 40 digits"),
        (f"{first[:-1]}\n", "line 1"),
        (f"{first}:x\n", "something other than a count"),
        ("", "The list is empty"),
    ):
        broken.write_text(content)
        with pytest.raises(CommandError, match=why):
            call_command("check_passwords", str(broken), stdout=io.StringIO())
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_passwords", str(tmp_path / "nowhere"))
    with pytest.raises(CommandError, match="No list is set"):
        call_command("check_passwords")


def test_new_hashes_are_argon2_and_old_ones_are_renewed(settings: Any) -> None:
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    assert make_password("chua-ai-mat-cau-nay").startswith("argon2$argon2id$")
    old = make_password("chua-ai-mat-cau-nay", hasher="pbkdf2_sha256")
    renewed: list[str] = []
    assert check_password("chua-ai-mat-cau-nay", old, renewed.append)
    assert renewed, "the next sign-in writes the newer kind"
    assert ours.BREACHED_PASSWORDS == ""
