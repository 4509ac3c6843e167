"""A change of the text: published by the issuer, kept beside the old one, told to who follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.documents.papers import TEXT, directive, incoming, send
from tests.pages import assert_whole
from thongsuot.audit.queries import timeline_of
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.documents.hooks import TextChange, text_changed
from thongsuot.documents.models import Document, DocumentVersion
from thongsuot.documents.services import publish_version

DAY = dt.date(2026, 11, 23)
CHANGED = TEXT.replace("Báo cáo kết quả", "Báo cáo kết quả trước ngày 15/12")


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock.at(clock.moment(DAY)):
        yield


def publish(cast: Cast, document: Document, **changes: Any) -> DocumentVersion:
    values: dict[str, Any] = {"text": CHANGED, "material": True, "what_changed": "Thêm thời hạn báo cáo"}
    return publish_version(by=cast.city_clerk, document=document, **values | changes)


def test_the_registered_text_stays_and_the_new_one_is_in_force(cast: Cast) -> None:
    document = directive(cast)
    registered = document.text_sha256
    publish(cast, document)
    stored = Document.objects.get(pk=document.pk)
    assert (stored.version, stored.text) == (2, CHANGED)
    assert stored.text_sha256 == document.text_sha256 != registered
    first, second = DocumentVersion.objects.filter(document=document).order_by("number")
    assert (first.text, first.text_sha256, first.published_at) == (TEXT, registered, document.registered_at)
    assert (second.number, second.text, second.material, second.by) == (2, CHANGED, True, cast.city_clerk)
    entry = next(entry for entry in timeline_of(document) if entry.verb == "document.text_changed")
    assert entry.reason == "Thêm thời hạn báo cáo"
    assert "2" in entry.text
    # Where the demand stands in the text is found again by its words.
    demand = stored.provisions.get(ordinal=1)
    assert stored.text[demand.span_start : demand.span_end].startswith("1. Đảng ủy các phường")


def test_followers_hear_of_it_in_the_same_transaction(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[int, bool, str]] = []

    def follower(change: TextChange) -> None:
        heard.append((change.number, change.material, change.document.text_sha256))
        if change.number == 3:
            raise Refused("not now", "stop")

    monkeypatch.setattr(text_changed, "_followers", [follower])
    document = directive(cast)
    publish(cast, document, material=False)
    assert heard == [(2, False, document.text_sha256)]
    with pytest.raises(Refused, match="not now"):
        publish(cast, document, text=CHANGED + "\n3. Thêm.")
    assert Document.objects.get(pk=document.pk).version == 2
    assert DocumentVersion.objects.filter(document=document).count() == 2


def test_who_comes_second_is_told(cast: Cast) -> None:
    document = directive(cast)
    stale = Document.objects.select_related("issuing_unit").get(pk=document.pk)
    publish(cast, document)
    with pytest.raises(Refused) as refusal:
        publish(cast, stale, text="CHỈ THỊ\nkhác hẳn")
    assert refusal.value.code == "state"
    assert Document.objects.get(pk=document.pk).text == CHANGED


def test_a_form_that_stood_open_undoes_nothing(client: Client, cast: Cast) -> None:
    document = directive(cast)
    client.force_login(cast.city_clerk)
    address = reverse("documents:publish", args=[document.pk])
    assert 'name="seen" value="1"' in assert_whole(client.get(address))
    publish(cast, document)
    typed = {"what_changed": "Sửa lỗi", "material": "no", "text": TEXT + "\nNơi nhận", "seen": "1"}
    for _tap in range(2):
        page = assert_whole(client.post(address, typed), 422)
        assert "Nơi nhận" in page, "what was typed is not lost"
        assert Document.objects.get(pk=document.pk).text == CHANGED
    assert_whole(client.post(address, typed | {"seen": "2"}, follow=True))
    assert Document.objects.get(pk=document.pk).version == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what_changed": "  "}, "no_words"),
        ({"text": TEXT.replace("\n", "\r\n")}, "unchanged"),
        ({"text": " "}, "empty"),
        ({"text": "TUYỆT MẬT\nCHỈ THỊ\nvề giữ sạch"}, "secret"),
    ],
)
def test_what_is_no_change_or_may_not_be_kept_is_refused(
    cast: Cast, changes: dict[str, Any], code: str
) -> None:
    document = directive(cast)
    with pytest.raises(Refused) as refusal:
        publish(cast, document, **changes)
    assert refusal.value.code == code
    assert not DocumentVersion.objects.exists()


def test_only_the_issuer_changes_its_text(cast: Cast) -> None:
    document, received = directive(cast), incoming(cast.city_clerk, cast.city)
    send(cast, document, [cast.ward])
    for by, paper in (
        (cast.ward_clerk, document),
        (cast.city_leader, document),
        (cast.city_clerk, received),
    ):
        with pytest.raises(PermissionDenied):
            publish_version(by=by, document=paper, text=CHANGED, material=True, what_changed="x")


def test_the_page_publishes_compares_and_serves_both_files(client: Client, cast: Cast) -> None:
    document = directive(cast)
    client.force_login(cast.city_clerk)
    address = reverse("documents:publish", args=[document.pk])
    page = assert_whole(client.get(address))
    assert "Báo cáo kết quả" in page, "the present text stands there to be changed"
    assert_whole(client.post(address, {"what_changed": "", "text": "x"}), 422)
    values = {"what_changed": "Thêm thời hạn", "material": "yes", "text": CHANGED}
    page = assert_whole(client.post(address, values, follow=True))
    assert "<ins>" in page
    assert "trước ngày 15/12" in page
    values |= {"material": "no", "what_changed": "Sửa lỗi", "text": ""}
    upload = SimpleUploadedFile("chi-thi.txt", (CHANGED + "\n3. Tổ chức thực hiện.").encode())
    assert_whole(client.post(address, {**values, "file": upload}, follow=True))
    send(cast, document, [cast.ward])
    client.force_login(cast.ward_clerk)
    page = assert_whole(client.get(document.get_absolute_url()))
    assert "Sửa lỗi" in page
    versions = reverse("documents:versions", args=[document.pk])
    assert "Thêm thời hạn" in assert_whole(client.get(versions))
    with CaptureQueriesContext(connection) as last:
        assert_whole(client.get(versions))
    with CaptureQueriesContext(connection) as first:
        assert "<ins>" in assert_whole(client.get(versions, {"tu": "1", "den": "2"}))
    assert len(first) == len(last)
    assert_whole(client.get(versions, {"tu": "7", "den": "9"}))
    file = reverse("documents:file", args=[document.pk])
    assert client.get(file, {"ban": "3"}).getvalue().decode().endswith("3. Tổ chức thực hiện.")
    assert client.get(file, {"ban": "1"}).status_code == 404
