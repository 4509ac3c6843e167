"""The messages tool finds every message, keeps translations, and says what is wrong."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TOOL: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "messages.py"))

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

def words(count):
    first = _("Send the document to %(unit)s.") % {"unit": "x"}
    second = ngettext("%(count)d unit is late.", "%(count)d units are late.", count) % {"count": count}
    return first, second, pgettext_lazy("verb", "Open")
"""
TEMPLATE = """
<h1>{% translate "What's late" %}</h1>
<p title="{% translate 'Close' %}">{{ title|default:_("No title") }} it's 100 %</p>
{% blocktranslate count counter=rows|length trimmed %}
  {{ counter }} row.
{% plural %}
  {{ counter }} rows.
{% endblocktranslate %}
{% blocktranslate with name=user.name %}Hello, {{ name }}.{% endblocktranslate %}
"""
TRANSLATED = {
    "Send the document to %(unit)s.": "Gửi văn bản đến %(unit)s.",
    "%(count)d unit is late.": "%(count)d đơn vị chậm.",
    "Open": "Mở",
    "What's late": "Việc chậm",
    "Close": "Đóng",
    "No title": "Không có tiêu đề",
    "%(counter)s row.": "%(counter)s dòng.",
    "Hello, %(name)s.": "Xin chào, %(name)s.",
}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    (folder / "templates" / "letters").mkdir(parents=True)
    (folder / "apps.py").touch()
    (folder / "words.py").write_text(PYTHON)
    (folder / "templates" / "letters" / "page.html").write_text(TEMPLATE)
    (folder / "inner").mkdir()
    (folder / "inner" / "apps.py").write_text('from x import _\nname = _("Belongs to the inner app")\n')
    return folder


def catalogue_file(app: Path) -> Path:
    return app / TOOL["CATALOGUE"]


def write(app: Path, translations: dict[str, str]) -> None:
    catalogue = TOOL["updated"](app)
    for message in catalogue:
        if message.id:
            plural = not isinstance(message.id, str)
            text = translations.get(message.id[0] if plural else message.id, "")
            message.string = (text,) if plural else text
    catalogue_file(app).parent.mkdir(parents=True, exist_ok=True)
    catalogue_file(app).write_bytes(TOOL["rendered"](catalogue))


def test_all_messages_of_an_app_are_found_and_none_of_the_app_inside_it(app: Path) -> None:
    found = {m.id if isinstance(m.id, str) else m.id[0] for m in TOOL["extracted"](app) if m.id}
    assert found == set(TRANSLATED)


def test_a_complete_catalogue_has_no_faults_and_stays_as_it_is(app: Path) -> None:
    write(app, TRANSLATED)
    assert TOOL["faults"](app) == []
    assert TOOL["rendered"](TOOL["updated"](app)) == catalogue_file(app).read_bytes()
    content = catalogue_file(app).read_text()
    assert "nplurals=1" in content
    assert "POT-Creation-Date" not in content
    assert "#:" not in content


def test_a_missing_translation_is_a_fault(app: Path) -> None:
    write(app, TRANSLATED | {"Close": ""})
    assert TOOL["faults"](app) == ['missing: "Close"']


def test_a_missing_plural_translation_is_a_fault(app: Path) -> None:
    write(app, TRANSLATED | {"%(count)d unit is late.": ""})
    assert TOOL["faults"](app) == ['missing: "%(count)d unit is late."']


def test_a_new_message_is_a_fault_until_it_is_translated(app: Path) -> None:
    write(app, TRANSLATED)
    (app / "more.py").write_text('from x import _\nname = _("Planted")\n')
    assert 'missing: "Planted"' in TOOL["faults"](app)


def test_another_name_in_a_placeholder_is_a_fault(app: Path) -> None:
    write(app, TRANSLATED | {"Hello, %(name)s.": "Xin chào, %(ten)s."})
    assert [fault.split(":")[0] for fault in TOOL["faults"](app)] == ["placeholders differ"]


def test_a_translation_that_nobody_uses_is_a_fault_and_update_removes_it(app: Path) -> None:
    write(app, TRANSLATED)
    (app / "words.py").unlink()
    assert 'no longer used: "Open" (context: verb)' in TOOL["faults"](app)
    assert "Mở" not in TOOL["rendered"](TOOL["updated"](app)).decode()


def test_a_fuzzy_translation_is_a_fault(app: Path) -> None:
    write(app, TRANSLATED)
    file = catalogue_file(app)
    file.write_text(file.read_text().replace('msgid "Close"', '#, fuzzy\nmsgid "Close"'))
    assert 'fuzzy: "Close"' in TOOL["faults"](app)


def test_compiling_writes_only_what_is_older_than_its_source(app: Path) -> None:
    write(app, TRANSLATED)
    assert TOOL["compile_catalogues"](app.parent) == 1
    assert TOOL["compile_catalogues"](app.parent) == 0
    assert "Việc chậm".encode() in catalogue_file(app).with_suffix(".mo").read_bytes()
