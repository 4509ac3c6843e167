"""What an installation needs before its first request: tables, static files, compiled messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thongsuot import __version__
from thongsuot.config.processes import Refused

PACKAGE = Path(__file__).resolve().parent.parent


def start_django() -> None:
    """Load settings and apps."""
    import django

    django.setup()


def migrate() -> None:
    """Bring the tables to this version, the shared cache's too."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def require_data_keys() -> None:
    """Neither pages nor jobs begin without the keys of encrypted data: they would stop half-way through an act."""
    from django.core.exceptions import ImproperlyConfigured

    from thongsuot.core.crypto.keyring import key_file, keyring

    try:
        keyring()
    except ImproperlyConfigured as error:
        vi = (
            f"Thiếu khóa mã hóa dữ liệu cá nhân: hãy chép lại tệp {key_file()} từ nơi cất giữ khóa, hoặc đặt "
            "THONGSUOT_DATA_KEYS; máy chủ mới cài thì chạy 'thongsuot migrate'."
        )
        raise Refused(vi, str(error)) from error


def collect_static_files() -> bool:
    """Collect and compress static files when their sources changed since the last time; say whether it did."""
    from django.conf import settings
    from django.core.management import call_command

    target = Path(settings.STATIC_ROOT)
    note = target.with_name(target.name + ".collected")
    state = _state_of_static_sources()
    if target.is_dir() and note.exists() and note.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    note.write_text(state)
    return True


def _state_of_static_sources() -> str:
    times = [file.stat().st_mtime_ns for file in _static_sources()]
    return f"{__version__} {len(times)} {max(times, default=0)}"


def _static_sources() -> Iterator[Path]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def uncompiled_catalogues() -> list[Path]:
    """Message catalogues of a checkout whose compiled form is missing or older."""
    return [
        source
        for source in PACKAGE.rglob("locale/*/LC_MESSAGES/django.po")
        if not (made := source.with_suffix(".mo")).exists() or made.stat().st_mtime < source.stat().st_mtime
    ]
