"""Keys that no honest page holds: they find nothing, and they tell nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.tasks.factory import cell_task, ward_task


def test_a_made_up_key_does_not_tell_what_somebody_elsewhere_is_called(cast: Cast, client: Client) -> None:
    client.force_login(cast.cell_head)
    address = reverse("tasks:assign", args=[cell_task(cast).pk])
    for user, is_named in ((cast.member, True), (cast.other_member, False)):
        person = cast.person(user)
        shown = client.get(address, {"ai": f"p{cast.cell.pk}-{person.pk}"}).content.decode()
        assert (person.name in shown) == is_named


@pytest.mark.parametrize("key", ["²", "9" * 40, "-1", "x"])
def test_an_impossible_key_finds_nothing(cast: Cast, client: Client, key: str) -> None:
    client.force_login(cast.ward_leader)
    assert client.get(reverse("tasks:list"), {"don-vi": key, "van-ban": key}).status_code == 200
    assert client.post(reverse("tasks:urge_many"), {"task": [key]}).status_code == 302
    assign = reverse("tasks:assign", args=[ward_task(cast).pk])
    assert client.get(assign, {"ai": f"u{key}", "chi-bo": key}).status_code == 200
    assert client.post(reverse("tasks:give"), {"text": "Dọn kênh", "units": [key]}).status_code == 422
    assert client.get(reverse("dissemination:call"), {"van-ban": key, "don-vi": key}).status_code == 200
