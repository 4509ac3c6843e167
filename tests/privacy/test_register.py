"""The register of processing as a page and as a workbook, and what the office itself confirms of it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import Cast
from thongsuot.config.privacy import ASSUMED, articles_from_environment, days_from_environment
from thongsuot.core.personal import register


def test_the_register_says_every_field_and_is_exported(cast: Cast, client: Client, settings: Any) -> None:
    settings.PRIVACY_ARTICLES = {"consent": "Điều kiểm thử 1"}
    client.force_login(cast.administrator)
    page = client.get(reverse("privacy:register"))
    entries = list(register())
    assert len(page.context["entries"]) == len(entries) > 90
    told = page.content.decode()
    assert "organizations.Person.phone" in told
    assert "Điều kiểm thử 1" in told
    assert "cơ quan xác nhận điều khoản" in told, "what nobody confirmed is not claimed"
    assert "730 ngày" in told, "days come from the settings"
    sensitive = client.get(reverse("privacy:register"), {"loai": "sensitive", "q": "đảng viên"})
    found = {entry.place: entry.about.kind for entry, _a in sensitive.context["entries"]}
    assert {"organizations.Membership.person", "organizations.Evaluation.grade"} <= set(found)
    assert set(found.values()) == {"sensitive"}
    assert client.get(reverse("privacy:register"), {"q": "qqqq"}).context["entries"] == []
    file = client.get(reverse("privacy:register_file"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == len(entries) + 1
    assert "sổ xử lý dữ liệu" in client.get(reverse("privacy:start")).content.decode()


def test_articles_and_days_are_what_the_office_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert articles_from_environment() == {}
    assert days_from_environment() == ASSUMED
    monkeypatch.setenv("THONGSUOT_PRIVACY_ARTICLES", "task = Điều 1; records=Điều 2, khoản 3;")
    assert articles_from_environment() == {"task": "Điều 1", "records": "Điều 2, khoản 3"}
    monkeypatch.setenv("THONGSUOT_PRIVACY_DAYS", "erasure=7")
    assert days_from_environment() == ASSUMED | {"erasure": 7}
    monkeypatch.setenv("THONGSUOT_PRIVACY_DAYS", "erasure=soon; x=1")
    with pytest.raises(ImproperlyConfigured, match="erasure, x"):
        days_from_environment()
