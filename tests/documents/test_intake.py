"""Taking a paper in: what enters, what is refused, and that a refusal leaves nothing behind."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.db import connection

from tests.cast import Cast
from tests.documents import sheets
from thongsuot.audit.models import Act
from thongsuot.audit.queries import timeline_of
from thongsuot.core.placement import our_models
from thongsuot.core.refusals import Refused
from thongsuot.documents import jobs, services
from thongsuot.documents.items import waiting
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import IntakeState, ItemKind
from thongsuot.documents.queries.intake import waiting_intakes
from thongsuot.documents.reading import REFUSALS
from thongsuot.documents.services.register import DuplicateDocument
from thongsuot.files.models import StoredFile
from thongsuot.files.services import content_of
from thongsuot.formats.reading import ERRORS


def taken(
    cast: Cast, content: bytes | None = None, name: str = "chi-thi.txt", direction: str = "incoming"
) -> Intake:
    return services.take_in(
        by=cast.city_clerk,
        unit=cast.city,
        direction=direction,
        name=name,
        content=sheets.plain() if content is None else content,
    )


def value(intake: Intake, name: str) -> object:
    return (intake.items.get(name=name).proposed or {})["value"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("chi-thi.txt", sheets.plain()), ("chi-thi.docx", sheets.word())],
    ids=["text", "word"],
)
def test_a_paper_is_read_into_items_with_their_place_in_the_text(
    cast: Cast, name: str, content: bytes
) -> None:
    intake = taken(cast, content, name)
    assert intake.state == IntakeState.READY
    assert intake.progress == 100
    assert value(intake, "symbol") == "12-CT/ThU"
    assert value(intake, "kind") == "chi_thi"
    assert value(intake, "issued_on") == "2026-11-02"
    assert value(intake, "signer") == "Nguyễn Văn An"
    assert value(intake, "regime") == "party"
    cited = intake.items.get(kind=ItemKind.REFERENCE)
    assert (cited.proposed or {})["symbol"] == "09-NQ/ThU"
    assert intake.text[cited.span_start : cited.span_end] == "09-NQ/ThU"
    assert list(intake.items.order_by("ordinal").values_list("ordinal", flat=True)) == list(
        range(1, intake.items.count() + 1)
    )
    assert intake.file is not None
    assert content_of(intake.file) == content
    assert intake.file.sha256 not in intake.file.stored_name


def test_tasks_know_our_own_units_alone_and_by_their_kind(cast: Cast) -> None:
    tasks = list(taken(cast).items.filter(kind=ItemKind.TASK).order_by("ordinal"))
    plan, clear = tasks[0].proposed or {}, tasks[1].proposed or {}
    assert sorted(plan["lead_units"]) == sorted(unit.pk for unit in cast.communes)
    assert not plan["for_recipients"]
    assert plan["due"] == "2026-11-12"
    assert clear["lead_units"] == [cast.economy.pk]
    assert not clear["for_recipients"]
    assert clear["coordinator_text"] == "Công an thành phố"
    assert clear["due"] == "2026-12-31"
    assert tasks[1].section == "2"


def test_a_ward_does_not_see_its_neighbours_in_a_paper(cast: Cast) -> None:
    intake = services.take_in(
        by=cast.ward_clerk, unit=cast.ward, direction="incoming", name="a.txt", content=sheets.plain()
    )
    named = intake.items.filter(kind=ItemKind.TASK).order_by("ordinal")[1].proposed or {}
    assert named["lead_units"] == []
    assert named["lead_text"] == "Phòng Kinh tế, Hạ tầng"


def test_an_outgoing_paper_has_no_number_to_check(cast: Cast) -> None:
    assert not taken(cast, direction="outgoing").items.filter(name="symbol").exists()


def test_a_letterhead_of_ours_is_spelled_as_we_keep_it(cast: Cast) -> None:
    text = sheets.DIRECTIVE.replace("THÀNH ỦY VÀM CỎ", "ĐẢNG ỦY PHƯỜNG CẦU VÁN")
    assert value(taken(cast, sheets.plain(text)), "issuing_body") == "Đảng ủy phường Cầu Ván"


def test_old_letters_are_converted_and_the_clerk_is_told(cast: Cast) -> None:
    intake = taken(cast, sheets.tcvn3())
    assert "chỉ thị" in intake.text
    assert [warning["code"] for warning in intake.warnings][:1] == ["converted_encoding"]


REFUSED = {
    "empty": ("chi-thi.docx", b""),
    "wrong_type": ("chi-thi.pdf", sheets.word()),
    "not_supported": ("chi-thi.gif", sheets.picture()),
    "encrypted": ("chi-thi.pdf", sheets.locked()),
    "archive_bomb": ("chi-thi.docx", sheets.bomb()),
    "broken": ("chi-thi.docx", sheets.broken()),
    "unreadable": ("chi-thi.txt", sheets.garbled()),
    "legacy_encoding": ("chi-thi.txt", sheets.unknown_encoding()),
    "too_large": ("chi-thi.txt", b"a" * (50 * 1024 * 1024)),
    "secret": ("chi-thi.docx", sheets.secret()),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_enter_is_refused_in_words_and_leaves_nothing(cast: Cast, code: str) -> None:
    before = _files_on_disk()
    name, content = REFUSED[code]
    with pytest.raises(Refused) as refusal:
        taken(cast, content, name)
    assert refusal.value.code == code
    assert refusal.value.sentence.endswith(".")
    assert not Intake.objects.exists()
    assert not StoredFile.objects.exists()
    assert _files_on_disk() == before


def test_every_error_of_the_reader_has_its_sentence() -> None:
    codes = {error.code for error in ERRORS}
    assert codes <= set(REFUSALS)
    assert set(REFUSED) <= {*codes, "secret"}


def test_an_upload_cut_off_by_the_limit_is_too_large(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        services.take_in(
            by=cast.city_clerk,
            unit=cast.city,
            direction="incoming",
            name="a.pdf",
            content=b"",
            too_large=True,
        )
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "T U Y Ệ T  M Ậ T", "Độ mật: Mật"])
def test_nothing_of_a_secret_is_on_disk_in_the_database_or_in_a_log(
    cast: Cast, stamp: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    words = ("kho thóc Gò Dưa", "TỐI-KHÔNG-LƯU.docx", "77-KH/TM")
    text = f"{stamp}\n{sheets.DIRECTIVE.replace('12-CT/ThU', words[2])}\n{words[0]}"
    with pytest.raises(Refused) as refusal:
        taken(cast, sheets.word(text), words[1])
    assert refusal.value.code == "secret"
    everything = _everything_kept()
    assert "Phòng Kinh tế" in everything  # the dump would show what is there
    for word in words:
        assert word not in everything
        assert word not in caplog.text
        assert word not in refusal.value.sentence
    assert all(sheets.word(text) != file.read_bytes() for file in _files_on_disk())


def test_the_refusal_of_a_secret_is_an_act_without_its_content(cast: Cast) -> None:
    with pytest.raises(Refused):
        taken(cast, sheets.secret(), "ke-hoach.docx")
    act = Act.objects.get(verb="intake.secret_refused")
    assert (act.by, act.unit_id, act.detail, act.reason) == (cast.city_clerk, cast.city.pk, {}, "")
    assert timeline_of(cast.city)[-1].text != "intake.secret_refused"


def test_a_paper_about_secrets_is_no_secret(cast: Cast) -> None:
    text = sheets.DIRECTIVE.replace("giữ sạch đường phố", "bảo vệ bí mật nhà nước, tài liệu mật")
    assert taken(cast, sheets.plain(text)).state == IntakeState.READY


def test_the_same_file_twice_is_refused_with_the_way_to_the_first(cast: Cast) -> None:
    first = taken(cast)
    with pytest.raises(services.AlreadyWaiting) as waits:
        taken(cast, name="copy.txt")
    assert waits.value.intake == first
    for item in waiting(first.items.all()):
        services.decide(by=cast.city_clerk, item=item, decision="accepted")
    document = services.register_intake(by=cast.city_clerk, intake=first)
    with pytest.raises(DuplicateDocument) as known:
        taken(cast, name="copy.txt")
    assert known.value.document == document


def test_a_paper_that_was_put_aside_may_come_again(cast: Cast) -> None:
    services.discard_intake(by=cast.city_clerk, intake=taken(cast))
    assert taken(cast).state == IntakeState.READY


def test_only_who_may_register_takes_in(cast: Cast) -> None:
    for user in (cast.city_leader, cast.ward_clerk, cast.member):
        with pytest.raises(PermissionDenied):
            services.take_in(
                by=user, unit=cast.city, direction="incoming", name="a.txt", content=sheets.plain()
            )
    assert not Intake.objects.exists()


def test_reading_twice_changes_nothing(cast: Cast) -> None:
    intake = taken(cast)
    count = intake.items.count()
    jobs.read_intake(intake.pk)
    assert intake.items.count() == count
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.READING)
    ReadingItem.objects.filter(intake=intake).delete()
    jobs.read_intake(intake.pk)
    assert intake.items.count() == count


def test_a_text_the_reader_cannot_take_apart_is_filled_in_by_hand(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_intake: Intake) -> None:
        raise RuntimeError(sheets.DIRECTIVE)

    monkeypatch.setattr(jobs, "reading_of", fails)
    intake = taken(cast)
    assert intake.state == IntakeState.READY
    assert {item.name for item in waiting(intake.items.all())} == {
        "kind",
        "issued_on",
        "issuing_body",
        "subject",
    }
    assert intake.warnings[-1]["code"] == "reader_failed"
    assert "THÀNH ỦY" not in caplog.text


def test_a_paper_that_kills_its_reader_is_filled_in_by_hand(cast: Cast) -> None:
    intake = taken(cast)
    intake.items.all().delete()
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.READING, begun=jobs.BEGINNINGS)
    jobs.read_intake(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.READY
    assert [warning["code"] for warning in intake.warnings] == ["reader_failed"]
    assert not intake.items.filter(kind=ItemKind.TASK).exists()


def test_waiting_papers_are_those_of_the_own_units_with_their_progress(cast: Cast) -> None:
    intake = taken(cast)
    first = intake.items.get(ordinal=1)
    services.decide(by=cast.city_clerk, item=first, decision="accepted")
    row: Any = waiting_intakes(cast.city_clerk).get()
    assert row.seen == 1
    assert row.to_see == 1 + len(waiting(intake.items.all()))
    assert not waiting_intakes(cast.ward_clerk).exists()
    assert not waiting_intakes(cast.city_leader).exists()
    services.discard_intake(by=cast.city_clerk, intake=intake)
    assert not waiting_intakes(cast.city_clerk).exists()


def _files_on_disk() -> set[Path]:
    return {file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()}


def _everything_kept() -> str:
    """Every row of every table of ours, and what stands in the queue."""
    rows = [row for model in our_models() for row in model._default_manager.all()]
    text = serializers.serialize("jsonl", rows, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM django_q_ormq")
        text += json.dumps(cursor.fetchall(), default=str)
    return text
