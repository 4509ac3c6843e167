"""No field may hold personal data without saying so: the check finds each kind of field that is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.utils.functional import Promise

from thongsuot.accounts.models import User
from thongsuot.core import personal
from thongsuot.core.personal import WHO, Held, check_declarations, register
from thongsuot.privacy.views.register import _rows

PLANTED = {
    "note": lambda: models.TextField(),
    "title": lambda: models.CharField(max_length=9),
    "mail": lambda: models.EmailField(),
    "paper": lambda: models.FileField(),
    "rows": lambda: models.JSONField(),
    "person_id": lambda: models.BigIntegerField(),
    "by": lambda: models.ForeignKey(User, models.PROTECT, related_name="+"),
}


def _model(held: Held, *names: str) -> type[models.Model]:
    parts: dict[str, Any] = {name: PLANTED[name]() for name in names}
    meta = type("Meta", (), {"app_label": "core"})
    return type("Planted", (models.Model,), parts | {"__module__": "planted", "Meta": meta, "personal": held})


@isolate_apps("thongsuot.core")
@pytest.mark.parametrize(
    ("held", "names", "faults"),
    [
        (Held(), list(PLANTED), {"personal.E001"}),
        (Held(none=list(PLANTED)), list(PLANTED), set()),
        (Held("rows", {"by": WHO}, none=["note"]), ["by", "note"], set()),
        (Held("rows", {"by": WHO}, none=["by"]), ["by"], {"personal.E003"}),
        (Held("rows", {"other": WHO}), [], {"personal.E002"}),
        (Held("", {"by": WHO}), ["by"], {"personal.E004"}),
    ],
)
def test_a_field_says_whether_it_is_personal(
    held: Held, names: list[str], faults: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = _model(held, *names)
    monkeypatch.setattr(personal, "our_models", lambda: iter([model]))
    found = check_declarations()
    assert {one.id for one in found} == faults
    if faults == {"personal.E001"}:
        assert len(found) == len(PLANTED), "each kind of field is seen"


def test_a_field_with_choices_says_nothing_about_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    with isolate_apps("thongsuot.core"):
        meta = type("Meta", (), {"app_label": "core"})
        state = models.CharField(max_length=9, choices=[("a", "A")])
        model = type("Planted", (models.Model,), {"__module__": "planted", "Meta": meta, "state": state})
    monkeypatch.setattr(personal, "our_models", lambda: iter([model]))
    assert check_declarations() == []


@pytest.mark.django_db
def test_the_program_declares_all_of_its_own_and_says_it_in_words() -> None:
    assert check_declarations() == []
    entries = list(register())
    for entry in entries:
        assert isinstance(entry.label, Promise), f"{entry.place}: a label people can read"
        assert isinstance(entry.held.title, Promise), entry.place
    places = {entry.place for entry in entries}
    expected = {"organizations.Person.phone", "usersessions.UserSession.ip", "dissemination.Receipt.person"}
    assert expected <= places
    rows = list(_rows(entries))
    assert len(rows) == len(places) == len(entries)
    assert all(all(cell for cell in row) for row in rows), "no cell of the register is empty"
