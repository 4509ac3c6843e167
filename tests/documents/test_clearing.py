"""Papers put aside lose their file and text after a while; that there was one stays known."""

from __future__ import annotations

import datetime as dt
from ast import literal_eval
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django_q.models import Schedule

from tests.cast import Cast
from tests.documents import sheets
from tests.documents.papers import directive
from tests.documents.test_checking import checked
from tests.documents.test_intake import taken
from thongsuot.audit.queries import timeline_of
from thongsuot.core import clock
from thongsuot.core.jobs import run
from thongsuot.core.retention import remove_expired
from thongsuot.documents import services
from thongsuot.documents.models import Document, Intake
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.services.clearing import tidy_desk
from thongsuot.files.models import StoredFile

LATER = dt.timedelta(days=settings.PUT_ASIDE_DAYS, minutes=1)


def put_aside(cast: Cast) -> Intake:
    return services.discard_intake(by=cast.city_clerk, intake=taken(cast))


def bytes_of(file: StoredFile) -> Path:
    return Path(settings.MEDIA_ROOT) / file.stored_name


def test_file_text_and_proposals_go_and_the_row_stays(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    intake = put_aside(cast)
    file = StoredFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True), clock.at(clock.now() + LATER):
        assert remove_expired("documents.put_aside") == 1
        assert remove_expired("documents.put_aside") == 0
    intake.refresh_from_db()
    assert (intake.text, intake.pages, intake.file, intake.sha256) == ("", [], None, "")
    assert not intake.items.exists()
    assert not StoredFile.objects.exists()
    assert not bytes_of(file).exists()
    assert [entry.verb for entry in timeline_of(intake)][-1] == "intake.cleared"


def test_nothing_goes_before_its_day_or_from_the_desk(cast: Cast) -> None:
    aside, waits = put_aside(cast), taken(cast, sheets.plain(f"{sheets.DIRECTIVE}\n2"))
    with clock.at(clock.now() + LATER - dt.timedelta(hours=1)):
        assert not remove_expired("documents.put_aside")
    aside.refresh_from_db()
    assert aside.text
    with clock.at(clock.now() + LATER):
        assert remove_expired("documents.put_aside") == 1
    waits.refresh_from_db()
    assert waits.text
    assert waits.file is not None
    assert bytes_of(waits.file).exists()


def test_a_file_that_something_else_holds_is_kept(cast: Cast) -> None:
    intake = put_aside(cast)
    document = directive(cast)
    Document.objects.filter(pk=document.pk).update(file=intake.file)
    with clock.at(clock.now() + LATER):
        assert remove_expired("documents.put_aside") == 1
    document.refresh_from_db()
    assert document.file is not None
    assert bytes_of(document.file).exists()


def test_what_was_not_taken_in_leaves_the_list_after_a_while(cast: Cast) -> None:
    refused = checked(cast, state=IntakeState.REFUSED, refusal="broken")
    abandoned = checked(cast)
    with clock.at(clock.now() + LATER):
        tidy_desk()
        assert remove_expired("documents.not_taken_in") == 2
    assert not Intake.objects.filter(pk__in=[refused.pk, abandoned.pk]).exists()


def test_a_reading_that_was_lost_goes_on(cast: Cast) -> None:
    intake = taken(cast)
    intake.items.all().delete()
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.READING)
    tidy_desk()
    intake.refresh_from_db()
    assert intake.state == IntakeState.READING  # its job may still be waiting
    with clock.at(clock.now() + dt.timedelta(hours=3)):
        tidy_desk()
    intake.refresh_from_db()
    assert intake.state == IntakeState.READY
    assert intake.items.filter(kind="task").exists()


@pytest.mark.usefixtures("cast")
def test_the_worker_is_told_once_whatever_is_migrated() -> None:
    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
    (told,) = Schedule.objects.filter(name="documents.services.clearing.tidy_desk")
    assert told.minutes == 60
    assert told.repeats == -1
    assert told.func == f"{run.__module__}.{run.__name__}"
    run(*literal_eval(told.args))
