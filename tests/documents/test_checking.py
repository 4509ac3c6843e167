"""Long files: checked for secrecy in a thread of this process, with nothing of them kept until they are harmless."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Cast, gather
from tests.documents import sheets
from tests.documents.test_intake import taken
from tests.documents.test_intake_pages import HTMX, hand_in
from tests.documents.test_review_race import simultaneous
from tests.pages import assert_whole
from thongsuot.audit.models import Act
from thongsuot.core import beside, clock, pulse
from thongsuot.core.refusals import Refused
from thongsuot.documents import services
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.queries.intake import standing_of, waiting_intakes
from thongsuot.documents.reading import SECRET, extract_harmless, sentence_of, takes_long
from thongsuot.documents.services import checking, outgoing
from thongsuot.files.models import StoredFile

PATIENCE = 30


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.city_clerk)
    return client


def checked(cast: Cast, **changes: Any) -> Intake:
    row = {"unit": cast.city, "direction": "incoming", "state": IntakeState.CHECKING, "beat_at": clock.now()}
    return Intake.objects.create(**row | {"created_by": cast.city_clerk} | changes)


def test_a_long_file_is_taken_in_after_its_check(cast: Cast) -> None:
    content = sheets.long_paper()
    assert takes_long(content)
    intake = taken(cast, content, "dai.docx")
    intake.refresh_from_db()
    assert (intake.state, str(intake)) == (IntakeState.READY, "dai.docx")
    assert intake.file is not None
    assert intake.sha256 == intake.file.sha256
    assert intake.items.filter(kind="task").exists()


def test_of_a_long_secret_only_the_fact_is_left_and_its_clerk_is_told(clerk: Client, cast: Cast) -> None:
    secret = sheets.long_paper(f"MẬT\n{sheets.DIRECTIVE}")
    answer = hand_in(clerk, cast, "ke-hoach.docx", secret)
    assert not Intake.objects.exists()
    assert not StoredFile.objects.exists()
    act = Act.objects.get()
    assert (act.verb, act.unit_id, list(act.detail)) == ("intake.secret_refused", cast.city.pk, ["intake"])
    page = assert_whole(clerk.get(answer["Location"]))
    assert str(SECRET) in page
    progress = clerk.get(f"{answer['Location']}dang-doc/", headers=HTMX)
    assert progress["HX-Redirect"] == answer["Location"]
    clerk.force_login(cast.ward_clerk)
    assert clerk.get(answer["Location"]).status_code == 404


def test_a_long_file_that_cannot_be_read_says_why_until_it_is_taken_off_the_list(
    clerk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: Any, **_more: Any) -> None:
        raise Refused(sentence_of("broken"), "broken")

    monkeypatch.setattr(checking, "extract_harmless", broken)
    address = hand_in(clerk, cast, "dai.docx", sheets.long_paper())["Location"]
    page = assert_whole(clerk.get(address))
    assert sentence_of("broken") in page
    assert "dai.docx" not in page
    assert "chưa nhận được" in assert_whole(clerk.get("/van-ban/nhan/"))
    clerk.post(f"{address}de-sang-ben/")
    assert not waiting_intakes(cast.city_clerk).exists()


def test_the_page_says_how_many_pages_are_done_and_names_nothing(clerk: Client, cast: Cast) -> None:
    intake = checked(cast, pages_done=3, pages_all=12)
    page = assert_whole(clerk.get(intake.get_absolute_url()))
    assert 'value="3" max="12"' in page
    assert "dấu chỉ độ mật" in page
    assert f'hx-get="{intake.get_absolute_url()}dang-doc/"' in page
    assert "<progress" in clerk.get(f"{intake.get_absolute_url()}dang-doc/", headers=HTMX).content.decode()


def test_a_check_whose_process_ended_asks_for_the_file_again(clerk: Client, cast: Cast) -> None:
    intake = checked(cast, beat_at=clock.now() - dt.timedelta(minutes=10))
    assert sentence_of("interrupted") in assert_whole(clerk.get(intake.get_absolute_url()))
    intake.refresh_from_db()
    assert intake.state == IntakeState.CHECKING  # who looks does not write
    other = checked(cast)
    assert services.close_abandoned_checks() == 1
    for row in (intake, other):
        row.refresh_from_db()
    assert (intake.state, intake.refusal) == (IntakeState.REFUSED, "interrupted")
    assert other.state == IntakeState.CHECKING
    assert standing_of(intake).refusal == sentence_of("interrupted")


def test_a_paper_put_aside_while_it_was_checked_does_not_come_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def put_aside(*given: Any, **more: Any) -> Any:
        services.discard_intake(by=cast.city_clerk, intake=Intake.objects.get())
        return extract(*given, **more)

    extract = extract_harmless
    monkeypatch.setattr(checking, "extract_harmless", put_aside)
    intake = taken(cast, sheets.long_paper(), "dai.docx")
    intake.refresh_from_db()
    assert (intake.state, intake.file) == (IntakeState.DISCARDED, None)
    assert not StoredFile.objects.exists()
    assert_whole_page_of(intake, cast)


def assert_whole_page_of(intake: Intake, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.city_clerk)
    assert_whole(client.get(intake.get_absolute_url()))


def test_the_pulse_ends_work_nobody_wants_any_more() -> None:
    beating = pulse._Pulse(Intake.objects.none())
    beating.tell(1, 2)
    assert (beating.done, beating.all) == (1, 2)
    beating.is_wanted = False
    with pytest.raises(pulse.Withdrawn):
        beating.tell(2, 2)


def test_whoever_waits_for_an_answer_is_not_kept_waiting_for_minutes(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        outgoing.register_own(
            by=cast.city_clerk,
            unit=cast.city,
            fields=Any,  # type: ignore[arg-type]  # never asked for
            name="dai.docx",
            content=sheets.long_paper(),
        )
    assert refusal.value.code == "takes_long"


# In threads, each with a connection of its own.


@pytest.fixture
def place(transactional_db: None, settings: Any) -> Iterator[Cast]:
    settings.JOBS_INLINE = False
    yield gather()
    assert until(lambda: not [t for t in threading.enumerate() if t.name.startswith(("check-", "pulse-"))])


def until(happened: Callable[[], object]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.05)
    return False


def handed(place: Cast, content: bytes) -> Intake:
    return taken(place, content, "dai.docx")


def test_the_check_runs_beside_the_answer_and_queues_the_reading(place: Cast, tmp_path: Path) -> None:
    def hand_in_and_wait() -> tuple[str, str]:
        intake = handed(place, sheets.long_paper())
        at_once = intake.state
        assert until(lambda: Intake.objects.get(pk=intake.pk).state != IntakeState.CHECKING)
        return at_once, Intake.objects.get(pk=intake.pk).state

    with simultaneous(tmp_path) as run:
        assert run([hand_in_and_wait]) == [(IntakeState.CHECKING, IntakeState.READING)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")


def test_only_so_many_checks_go_on_at_once(
    place: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    extract = extract_harmless

    def slow(*given: Any, **more: Any) -> Any:
        more["progress"](1, 2)
        assert go_on.wait(PATIENCE)
        return extract(*given, **more)

    monkeypatch.setattr(checking, "extract_harmless", slow)
    monkeypatch.setattr(pulse, "SECONDS_BETWEEN_LOOKS", 0.05)

    def three_files() -> list[object]:
        said: list[object] = []
        for number in range(beside.AT_ONCE):
            intake = handed(place, sheets.long_paper(f"{sheets.DIRECTIVE}\n{number}"))
            said.append(
                until(lambda pk=intake.pk: Intake.objects.get(pk=pk).pages_done == 1)  # type: ignore[misc]
            )
        with pytest.raises(Refused) as refusal:
            handed(place, sheets.long_paper(f"{sheets.DIRECTIVE}\nlast"))
        said.append(refusal.value.code)
        go_on.set()
        waits = Intake.objects.filter(state=IntakeState.CHECKING)
        return [*said, until(lambda: not waits.exists()), Intake.objects.filter(state="reading").count()]

    with simultaneous(tmp_path) as run:
        assert run([three_files]) == [[True, True, "busy", True, 2]]


def test_a_check_nobody_wants_any_more_ends_at_the_next_page(
    place: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[int] = []

    def endless(*_given: Any, **more: Any) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            pages.append(len(pages))
            more["progress"](len(pages), 100_000)
            time.sleep(0.02)

    monkeypatch.setattr(checking, "extract_harmless", endless)
    monkeypatch.setattr(pulse, "SECONDS_BETWEEN_LOOKS", 0.05)

    def put_aside_meanwhile() -> tuple[bool, bool, str, int]:
        intake = handed(place, sheets.long_paper())
        began = until(lambda: Intake.objects.get(pk=intake.pk).pages_done)
        services.discard_intake(by=place.city_clerk, intake=intake)
        ended = until(lambda: not [t for t in threading.enumerate() if t.name == f"check-{intake.pk}"])
        return began, ended, Intake.objects.get(pk=intake.pk).state, StoredFile.objects.count()

    with simultaneous(tmp_path) as run:
        assert run([put_aside_meanwhile]) == [(True, True, IntakeState.DISCARDED, 0)]
    assert len(pages) < PATIENCE / 0.02 / 2


@pytest.mark.parametrize("content", [sheets.plain(), sheets.long_paper()], ids=["short", "long"])
def test_the_same_file_three_times_at_once_is_one_intake(place: Cast, tmp_path: Path, content: bytes) -> None:
    def hand_in_once() -> object:
        return services.take_in(
            by=place.city_clerk, unit=place.city, direction="incoming", name="a", content=content
        )

    def settled() -> tuple[int, int, int]:
        assert until(lambda: not Intake.objects.filter(state=IntakeState.CHECKING).exists())
        kept = Intake.objects.filter(state=IntakeState.READING)
        on_disk = [file.stored_name for file in StoredFile.objects.all()]
        return kept.count(), len(on_disk), Act.objects.filter(verb="intake.taken_in").count()

    with simultaneous(tmp_path) as run:
        answers = run([hand_in_once] * 3)
        assert run([settled]) == [(1, 1, 1)], answers
    refused = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert set(refused) <= {"waiting", "busy"}
    assert all(isinstance(answer, Intake | Refused) for answer in answers)
