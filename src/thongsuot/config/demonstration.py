"""``thongsuot demo``: from nothing to a filled place that one can sign in to, on this computer only."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from thongsuot.config import preparation, processes
from thongsuot.config.secrets import make_secret_key
from thongsuot.config.words import say, show

HOST = "127.0.0.1"


def run(*, home: Path | None, port: int) -> int:
    """Prepare, start the server and the worker, and stay until asked to stop.

    A second run finds what the first one left and loses nothing of it.
    """
    processes.require_free_port(HOST, port)
    processes.take_requests_to_stop()
    children: list[processes.Child] = []
    try:
        _prepare(_home(home))
        web = processes.start("Máy chủ web", "The web server", processes.web_command(HOST, port))
        children.append(web)
        children.append(processes.start("Tiến trình nền", "The worker", processes.worker_command()))
        processes.wait_until_answering(HOST, port, web)
        _show_who_can_sign_in(port)
        processes.watch(children)
    except processes.Asked:
        say("Đang dừng.", "Stopping.")
    finally:
        processes.stop(children)
    return 0


def _home(wish: Path | None) -> Path:
    chosen = wish or Path(os.environ.get("THONGSUOT_HOME") or platformdirs.user_data_dir("thongsuot"))
    home = chosen.expanduser().resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["THONGSUOT_HOME"] = str(home)
    return home


def _prepare(home: Path) -> None:
    if not os.environ.get("THONGSUOT_SECRET_KEY"):
        make_secret_key(home)
    if preparation.uncompiled_catalogues():
        say(
            "Các câu tiếng Việt chưa được biên dịch; hãy chạy 'make setup'.",
            "The Vietnamese messages are not compiled; run 'make setup'.",
        )
    say(f"Dữ liệu nằm ở {home}", f"Data is in {home}")
    preparation.start_django()
    say("Chuẩn bị cơ sở dữ liệu…", "Preparing the database…")
    preparation.migrate()
    if preparation.collect_static_files():
        say("Đã chuẩn bị tệp giao diện.", "Static files are ready.")
    say("Nạp dữ liệu mẫu…", "Loading the demonstration…")
    from django.core.management import call_command

    call_command("load_demo", verbosity=0)


def _show_who_can_sign_in(port: int) -> None:
    from thongsuot.demo.place import people_who_can_sign_in

    rows = [(row.username, row.password, row.who) for row in people_who_can_sign_in()]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    say("Có thể đăng nhập bằng (tên đăng nhập, mật khẩu, là ai):", "Sign in as (user name, password, who):")
    for name, password, who in rows:
        show(f"  {name:<{widths[0]}}  {password:<{widths[1]}}  {who}")
    say(f"Mở http://{HOST}:{port}/ (Ctrl+C để dừng)", f"Open http://{HOST}:{port}/ (Ctrl+C stops)")
