"""Confirmations that a device kept while it had no connection: for which day they count, and for whom."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, NOON, TEXT
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import Channel, CoverageCounter, ReachEvent, Receipt
from thongsuot.dissemination.reading_page.tokens import (
    DAYS_BELIEVED,
    SALT,
    Given,
    given_by,
    moment_said,
    moment_that_counts,
    reader_mark,
    token_of,
)
from thongsuot.dissemination.services import confirm_later, confirm_reading, require_dissemination
from thongsuot.documents.models import Document
from thongsuot.documents.services import publish_version

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
HASH = hashlib.sha256(TEXT.encode()).hexdigest()
ADDRESS = "dissemination:confirm_later"


@pytest.fixture
def required(cast: Cast, document: Document) -> Document:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return document


def _given(cast: Cast, document: Document, at: dt.datetime = NOON) -> Given:
    return Given(cast.member.pk, document.pk, HASH, at)


def test_a_token_says_what_was_given_and_cannot_be_made_up() -> None:
    given = Given(7, 12, HASH, NOON)
    assert given_by(token_of(given)) == given
    for wrong in ("", "x", token_of(given)[:-1], signing.Signer(salt="khác").sign_object([7, 12, HASH, 1])):
        assert given_by(wrong) is None
    assert given_by(signing.Signer(salt=SALT).sign_object("một dòng")) is None
    assert reader_mark(7) == reader_mark(7) != reader_mark(8)


@pytest.mark.parametrize(
    ("said", "now", "counts"),
    [
        (NOON + HOUR, NOON + 2 * DAY, NOON + HOUR),  # two days without a connection
        (NOON - HOUR, NOON + 2 * DAY, NOON),  # a clock an hour slow
        (NOON + 2 * DAY + HOUR, NOON + 2 * DAY, NOON + 2 * DAY),  # a clock an hour fast
        (None, NOON + 2 * DAY, NOON + 2 * DAY),
        (NOON + HOUR, NOON + DAYS_BELIEVED * DAY, NOON + HOUR),
        (NOON + HOUR, NOON + (DAYS_BELIEVED + 1) * DAY, NOON + (DAYS_BELIEVED + 1) * DAY),
    ],
)
def test_it_counts_between_being_given_and_arriving(
    said: dt.datetime | None, now: dt.datetime, counts: dt.datetime
) -> None:
    assert moment_that_counts(Given(7, 12, HASH, NOON), said, now) == counts


def test_what_a_device_takes_for_the_time() -> None:
    assert moment_said(str(int(NOON.timestamp() * 1000))) == NOON
    for wrong in ("", "-1", "²", "mười", "9" * 18, "9" * 40):
        assert moment_said(wrong) is None


def test_two_days_without_a_connection_count_once_and_for_the_day_it_was_given(
    cast: Cast, required: Document
) -> None:
    given = _given(cast, required, clock.end_of(DUE) - 2 * HOUR)
    with clock.at(clock.end_of(DUE) + 2 * DAY):
        for _ in range(2):
            receipt = confirm_later(by=cast.member, given=given, said=clock.end_of(DUE) - HOUR)
        assert receipt.reached_on == DUE
        # Who reads it on paper meanwhile has read it: what was counted first stays.
        other = Given(cast.second_member.pk, required.pk, HASH, given.at)
        confirm_reading(by=cast.second_member, document=required)
        receipt = confirm_later(by=cast.second_member, given=other, said=given.at)
        assert receipt.reached_on == DUE + 2 * DAY
    counter = CoverageCounter.objects.get(unit=cast.cell)
    assert (counter.reached, counter.in_time) == (2, 1)
    event = ReachEvent.objects.get(person=cast.person(cast.member))
    assert (event.channel, event.at, event.text_sha256) == (
        Channel.READING,
        clock.end_of(DUE) + 2 * DAY,
        HASH,
    )
    assert_counts_equal_the_rows()


def test_a_correction_stands_and_a_change_of_substance_is_asked_anew(cast: Cast, required: Document) -> None:
    given = _given(cast, required)

    def publish(text: str, material: bool) -> None:
        fresh = Document.objects.get(pk=required.pk)
        publish_version(
            by=cast.city_clerk, document=fresh, text=text, what_changed="Sửa một dòng", material=material
        )

    Document.objects.update(issuing_unit=cast.city)

    with clock.at(NOON + HOUR):
        publish(TEXT + "\nSửa chính tả.", False)
        second = Given(cast.second_member.pk, required.pk, HASH, NOON)
        assert confirm_later(by=cast.second_member, given=second, said=NOON).reached_at == NOON
    with clock.at(NOON + 2 * HOUR):
        publish(TEXT + "\n2. Thêm một nhiệm vụ mới.", True)
        with pytest.raises(Refused) as refusal:
            confirm_later(by=cast.member, given=given, said=NOON)
    assert refusal.value.code == "text_changed"
    assert not Receipt.objects.filter(reached_at__isnull=False).exists()
    assert_counts_equal_the_rows()


def test_the_address_never_books_it_to_somebody_else(client: Client, cast: Cast, required: Document) -> None:
    given = Given(cast.member.pk, required.pk, HASH, clock.now())
    posted = {"token": token_of(given), "said": str(int(clock.now().timestamp() * 1000))}
    assert client.post(reverse(ADDRESS), posted).status_code == 302
    client.force_login(cast.second_member)
    answer = client.post(reverse(ADDRESS), posted)
    assert (answer.status_code, answer.json()["state"]) == (409, "other_person")
    assert not ReachEvent.objects.exists()
    client.force_login(cast.member)
    page = client.get(reverse("dissemination:read", args=[required.pk]))
    assert page["X-Reader"] == reader_mark(cast.member.pk)
    assert page.context["token"] == token_of(given)
    for _ in range(2):
        answer = client.post(reverse(ADDRESS), posted)
        assert (answer.status_code, answer.json()["state"]) == (200, "counted")
        assert "23/11/2026" in answer.json()["sentence"]
    assert ReachEvent.objects.count() == 1
    assert client.get(reverse("dissemination:read", args=[required.pk])).context["token"] == ""
    Receipt.objects.all().delete()
    assert client.post(reverse(ADDRESS), posted).json()["state"] == "not_required"


def test_the_worker_is_served_from_where_it_may_see_the_pages(client: Client, cast: Cast) -> None:
    client.force_login(cast.member)
    answer = client.get(reverse("dissemination:worker"))
    assert answer["Content-Type"] == "text/javascript"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    below = answer.request["PATH_INFO"].rpartition("/")[0] + "/"
    for name, args in (("read", [1]), ("offline", []), ("confirm_later", [])):
        address = reverse(f"dissemination:{name}", args=args)
        assert address.startswith(below)
        if not args:
            assert f"${{HOME}}{address.removeprefix(below)}" in answer.content.decode()
