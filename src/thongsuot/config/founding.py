"""``thongsuot found``: the first unit and the first administrator, on the machine itself."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from thongsuot.config import preparation, processes
from thongsuot.config.words import in_words, say, show

if TYPE_CHECKING:
    from thongsuot.organizations.services.beginning import Beginning

HERE = "http://127.0.0.1:8000"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said at once; the rest is asked on the terminal. A password is never an argument."""
    parser.add_argument("--unit", help='name of the top unit, for example "Tỉnh ủy Tây Ninh"')
    parser.add_argument(
        "--kind", help="kind of the unit where its name does not say it, for example department"
    )
    parser.add_argument("--short-name", default="", help="short name of the unit")
    parser.add_argument("--since", type=dt.date.fromisoformat, help="first day of the unit (2025-07-01)")
    parser.add_argument("--person", help="full name of the first administrator")
    parser.add_argument("--username", default="", help="name to sign in with (made from the full name)")
    parser.add_argument("--email", default="", help="address for letters")
    parser.add_argument("--url", default="", help=f"how people reach the site (THONGSUOT_URL, or {HERE})")
    parser.add_argument(
        "--password",
        action="store_true",
        help="ask for a password on the terminal instead of an invitation",
    )


def run(options: argparse.Namespace) -> int:
    """Found the place, or say in a sentence why not."""
    if not os.environ.get("THONGSUOT_SECRET_KEY"):
        from thongsuot.config.secrets import make_secret_key

        make_secret_key(Path(os.environ.get("THONGSUOT_HOME") or platformdirs.user_data_dir("thongsuot")))
    preparation.start_django()
    preparation.migrate()
    from django.utils import translation

    from thongsuot.organizations.services.beginning import is_founded

    with translation.override(in_words("vi", "en")[:2]):
        if is_founded():
            raise processes.Refused(
                "Hệ thống đã được thành lập; không có gì thay đổi.",
                "This installation has been founded already; nothing was changed.",
            )
        _show(_begin(options))
    return 0


def _begin(options: argparse.Namespace) -> Beginning:
    from django.conf import settings
    from django.core.exceptions import ValidationError

    from thongsuot.core.refusals import Refused
    from thongsuot.organizations.models import UnitKind
    from thongsuot.organizations.services.beginning import TWO_LEVELS, begin, kind_by_name

    unit = options.unit or _asked("Tên cơ quan cao nhất", "Name of the top unit", "--unit")
    kind = options.kind or kind_by_name(unit)
    if kind not in UnitKind.values:
        kinds = ", ".join(UnitKind.values)
        raise processes.Refused(
            f"Tên này chưa nói rõ loại đơn vị; hãy thêm --kind với một trong: {kinds}.",
            f"The name does not say the kind of unit; add --kind with one of: {kinds}.",
        )
    person = options.person or _asked(
        "Họ và tên người quản trị", "Full name of the administrator", "--person"
    )
    try:
        username = _username(options.username)
        return begin(
            unit_name=unit,
            kind=UnitKind(kind),
            person_name=person,
            username=username,
            email=options.email,
            password=_password(username, person) if options.password else "",
            origin=(options.url or settings.PUBLIC_URL or HERE).rstrip("/"),
            short_name=options.short_name,
            since=options.since or TWO_LEVELS,
        )
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise processes.Refused(sentence, sentence) from error
    except Refused as refusal:
        raise processes.Refused(refusal.sentence, refusal.sentence) from refusal


def _username(given: str) -> str:
    from thongsuot.accounts.forms import UsernameField

    return str(UsernameField().clean(given)) if given else ""


def _asked(vi: str, en: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise processes.Refused(f"Thiếu {option} ({vi.lower()}).", f"{option} is missing ({en.lower()}).")
    while not (answer := input(in_words(vi, en).replace("\n", " / ") + ": ").strip()):
        pass
    return answer


def _password(username: str, person: str) -> str:
    from django.contrib.auth.password_validation import validate_password

    from thongsuot.accounts.models import User

    if not sys.stdin.isatty():
        raise processes.Refused(
            "--password cần một cửa sổ lệnh để gõ mật khẩu; bỏ tùy chọn này để nhận giấy mời.",
            "--password needs a terminal to type it; leave it out to be given an invitation.",
        )
    first = getpass(in_words("Mật khẩu: ", "Password: ").replace("\n", "/ "))
    if first != getpass(in_words("Gõ lại mật khẩu: ", "The same again: ").replace("\n", "/ ")):
        raise processes.Refused("Hai lần gõ không giống nhau.", "The two are not the same.")
    validate_password(first, User(username=username, display_name=person))
    return first


def _show(made: Beginning) -> None:
    who, name = made.user.display_name, made.user.username
    say(
        f"Đã thành lập: {made.unit.name}. Người quản trị: {who}, tên đăng nhập {name}.",
        f"Founded: {made.unit.name}. Administrator: {who}, user name {name}.",
    )
    if made.invitation is None:
        return
    from thongsuot.accounts.codes import code_of
    from thongsuot.accounts.mail import link_of

    link, code = link_of(made.invitation), code_of(made.invitation.pk)
    say(
        f"Mở liên kết này một lần để chọn mật khẩu (mã mời {code}):",
        f"Open this link once to choose a password (invitation code {code}):",
    )
    show(f"  {link}")
    show(_picture(link))


def _picture(link: str) -> str:
    import segno

    drawn = io.StringIO()
    segno.make_qr(link, error="m").terminal(drawn, border=2, compact=True)
    return drawn.getvalue()
