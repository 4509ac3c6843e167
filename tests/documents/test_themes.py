"""Themes: named and filled by whoever sends for the unit; each reader sees only the documents they may read."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.documents.papers import directive
from tests.pages import assert_whole
from thongsuot.audit.queries import timeline_of
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Document, Theme, ThemeDocument
from thongsuot.documents.services import add_to_theme, delete_theme, save_theme, take_from_theme, themes

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(cast: Cast) -> Theme:
    return save_theme(by=cast.city_clerk, unit=cast.city, name="  Nghị quyết đại hội ")


@pytest.fixture
def document(cast: Cast) -> Document:
    return directive(cast)


def test_a_theme_is_filled_once_renamed_and_given_up(
    cast: Cast, theme: Theme, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _twice in range(2):
        add_to_theme(by=cast.city_clerk, theme=theme, document=document)
    assert [row.document_id for row in ThemeDocument.objects.all()] == [document.pk]
    monkeypatch.setattr(themes, "MOST_DOCUMENTS", 1)
    other = directive(cast)
    with pytest.raises(Refused) as refusal:
        add_to_theme(by=cast.city_clerk, theme=theme, document=other)
    assert refusal.value.code == "too_many"
    save_theme(by=cast.city_leader, unit=cast.city, name="Đại hội XIV", theme=theme)
    with pytest.raises(Refused) as refusal:
        save_theme(by=cast.city_leader, unit=cast.city, name="Đại hội XIV")
    assert refusal.value.code == "name"
    take_from_theme(by=cast.city_clerk, theme=theme, document=document)
    assert not ThemeDocument.objects.exists()
    assert len(list(timeline_of(theme))) == 4
    delete_theme(by=cast.city_clerk, theme=theme)
    assert not Theme.objects.exists()
    assert Document.objects.filter(pk=document.pk).exists()


def test_who_does_not_send_for_the_unit_changes_nothing(cast: Cast, theme: Theme, document: Document) -> None:
    for act in (
        lambda: save_theme(by=cast.ward_clerk, unit=cast.city, name="x"),
        lambda: save_theme(by=cast.ward_clerk, unit=cast.ward, name="x", theme=theme),
        lambda: add_to_theme(by=cast.city_inspector, theme=theme, document=document),
        lambda: delete_theme(by=cast.city_inspector, theme=theme),
    ):
        with pytest.raises(PermissionDenied):
            act()
    mine = save_theme(by=cast.ward_clerk, unit=cast.ward, name="Của phường")
    with pytest.raises(PermissionDenied):  # a document the ward has not been sent
        add_to_theme(by=cast.ward_clerk, theme=mine, document=document)


def test_documents_are_found_by_words_and_added_by_a_button(
    cast: Cast, theme: Theme, document: Document, client: Client
) -> None:
    client.force_login(cast.city_clerk)
    page = reverse("documents:theme", args=[theme.pk])
    html = assert_whole(client.get(page, {"q": document.symbol}))
    assert f'name="document" value="{document.pk}"' in html
    answer = client.post(reverse("documents:add_to_theme", args=[theme.pk]), {"document": str(document.pk)})
    assert answer.status_code == 302
    html = assert_whole(client.get(page, {"q": document.symbol}))
    assert [one.pk for one in client.get(page).context["page"].object_list] == [document.pk]
    assert client.get(page, {"q": document.symbol}).context["found"] == []
    assert theme.name in assert_whole(client.get(document.get_absolute_url()))
    client.force_login(cast.city_inspector)
    html = assert_whole(client.get(page, {"q": document.symbol}))
    assert reverse("documents:take_from_theme", args=[theme.pk]) not in html


def test_the_pages_cost_the_same_for_two_and_for_twenty(cast: Cast, theme: Theme, client: Client) -> None:
    client.force_login(cast.city_clerk)
    addresses = [reverse("documents:themes"), reverse("documents:theme", args=[theme.pk])]

    def more(number: int) -> list[int]:
        for _one in range(number):
            made = directive(cast)
            add_to_theme(by=cast.city_clerk, theme=theme, document=made)
            save_theme(by=cast.city_clerk, unit=cast.city, name=f"Chuyên đề {made.pk}")
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        return counts

    few = more(2)
    assert more(18) == few
    assert max(few) <= 12
