"""An import and an erasure at the same moment: what was erased does not come back."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.documents.test_review_race import IN_TIME, place, simultaneous
from tests.organizations.imports.tables import PEOPLE, looked_through, written
from thongsuot.core.erasing import erase
from thongsuot.core.holdings import Subject
from thongsuot.organizations.imports import jobs
from thongsuot.organizations.imports.people import Writing
from thongsuot.organizations.imports.writing_people import write_people
from thongsuot.organizations.models import Import, ImportState, Person

__all__ = ["place"]  # the fixture


def test_an_erasure_is_not_written_over(place: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = {"code": "A1", "name": "Đỗ Thị Mơ", "cell": place.cell.name, "member_since": "01/10/2026"}
    written(place, PEOPLE, somebody)
    key = Person.objects.get(code="A1").pk
    batch = looked_through(place, PEOPLE, somebody | {"phone": "0900 000 001"})
    Import.objects.filter(pk=batch.pk).update(
        state=ImportState.RUNNING, is_writing=True, decided_by=place.administrator
    )
    was_read, was_erased = threading.Event(), threading.Event()

    def write_late(writing: Writing) -> dict[str, Any]:
        """After reading, time enough for an erasure that nothing holds back."""
        was_read.set()
        was_erased.wait(1)
        return write_people(writing)

    def erase_meanwhile() -> None:
        assert was_read.wait(IN_TIME)
        with transaction.atomic():
            erase(Subject((key,), 0))
        was_erased.set()

    monkeypatch.setattr(jobs, "write_people", write_late)
    with simultaneous(tmp_path) as run:
        run([lambda: jobs.write(batch.pk), erase_meanwhile])
        (left,) = run([lambda: Person.objects.get(pk=key)])
    assert isinstance(left, Person)
    assert left.erased_at is not None
    assert (left.code, left.phone, left.search_text) == ("", "", "")
