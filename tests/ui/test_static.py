"""Static files: plain names before the collection, hashed ones after it, with and without the typefaces."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from thongsuot.core import static
from thongsuot.core.static import FONT_FILES, StaticFiles, StaticStorage, fonts_present

SHEETS = Path(static.__file__).parent / "ui" / "static" / "ui"


def test_before_the_collection_names_are_plain(tmp_path: Path) -> None:
    assert StaticStorage(location=tmp_path, base_url="/static/").url("ui/base.css") == "/static/ui/base.css"


def test_the_font_sheet_names_exactly_the_files_that_are_looked_for() -> None:
    named = re.findall(r'url\("fonts/([^"]+)"\)', (SHEETS / "fonts.css").read_text())
    assert sorted(named) == sorted(FONT_FILES)


def test_only_the_font_sheet_names_other_files() -> None:
    others = [sheet for sheet in SHEETS.glob("*.css") if sheet.name != "fonts.css"]
    assert others
    assert not [sheet.name for sheet in others if re.search(r"url\((?!#)", sheet.read_text())]


def test_every_icon_used_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (SHEETS / "sprite.svg").read_text()))
    package = SHEETS.parents[3]
    used = {
        name
        for template in package.rglob("templates/**/*.html")
        for name in re.findall(r'\{% icon "([^"]+)"', template.read_text())
    }
    assert used <= drawn


@pytest.mark.slow
@pytest.mark.parametrize("with_fonts", [True, False])
def test_everything_can_be_collected_with_hashed_names(
    with_fonts: bool, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if with_fonts and not fonts_present():
        pytest.skip("The typefaces were not fetched (make setup with npm).")
    monkeypatch.setattr(static, "fonts_present", lambda: with_fonts)
    monkeypatch.setattr(
        "django.contrib.staticfiles.apps.StaticFilesConfig.ignore_patterns",
        StaticFiles.ignore_patterns.fget(None),  # type: ignore[attr-defined]  # a property read from its class
    )
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "thongsuot.core.static.StaticStorage"}
    }
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
        "css",
        "js",
        "svg",
        "txt",
        "woff2",
    ]  # not what is tested here
    call_command("collectstatic", interactive=False, verbosity=0)
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    assert re.fullmatch(r"/static/ui/base\.[0-9a-f]{12}\.css", storage.url("ui/base.css"))
    assert bool(list(tmp_path.glob("ui/fonts.*.css"))) == with_fonts
    assert not list(tmp_path.rglob("htmx-4*"))
