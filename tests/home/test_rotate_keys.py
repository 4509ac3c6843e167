"""Changing the keys of encrypted data: stopped half-way it goes on, people write meanwhile, and the check proves it."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from tests.cast import Cast
from thongsuot.audit.models import Act
from thongsuot.core.crypto import keyring, rotating
from thongsuot.core.crypto.rotating import faults_of_encrypted, reencrypt, usage
from thongsuot.organizations.models import Evaluation, PartyRecord, Person

DAY = dt.date(2001, 2, 3)


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path, cast: Cast) -> Path:
    """Seven members with a record and one with an evaluation, under the first key of an own place."""
    (tmp_path / "audit-keys").write_text((Path(settings.HOME) / "audit-keys").read_text())
    settings.HOME, settings.DATA_KEYS = tmp_path, ""
    assert rotating.make_first_key()
    people = list(Person.objects.order_by("pk")[:7])
    PartyRecord.objects.bulk_create(
        PartyRecord(person=person, admitted_on=DAY, official_on=None, note=f"Ghi chú {person.pk}")
        for person in people
    )
    Evaluation.objects.create(
        person=people[0],
        unit=cast.cell,
        year=2025,
        grade="good",
        decided_on=DAY,
        decided_by="1-QĐ",
        entered_by=cast.ward_leader,
    )
    return tmp_path


def rotate(*arguments: str) -> str:
    said = io.StringIO()
    call_command("rotate_keys", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def open_all() -> list[str]:
    """What stands there in clear, and nothing is under another key than the current one."""
    assert list(faults_of_encrypted()) == []
    assert set(usage()) == {keyring.keyring().current}
    return [record.note for record in PartyRecord.objects.order_by("pk")]


def write_past_the_model(column: str, source: str, where: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE organizations_partyrecord SET {column} = ({source}) WHERE {where}")


def test_all_of_it_comes_under_the_new_key() -> None:
    notes, first = open_all(), keyring.keyring().current
    assert usage() == {first: 7 * 3 + 2}
    rotate()
    assert open_all() == notes
    assert keyring.keyring().older == [first]
    act = Act.objects.get(verb="data.key_added")
    assert (act.before, act.after) == ({"key": first}, {"key": keyring.keyring().current})
    with pytest.raises(CommandError):
        rotate("--drop-unused")
    os.utime(keyring.key_file(), (0, 0))
    rotate("--drop-unused")
    assert (keyring.keyring().older, open_all()) == ([], notes)


def test_stopped_half_way_it_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = open_all()
    monkeypatch.setattr(rotating, "BATCH", 3)

    def killed(number: int) -> None:
        raise KeyboardInterrupt

    keyring.add_key()
    with pytest.raises(KeyboardInterrupt):
        reencrypt(killed)
    assert len(usage()) == 2, "some are done, some are not"
    assert len(list(faults_of_encrypted())) == 2, "both tables say that it is not finished"
    os.utime(keyring.key_file(), (0, 0))
    assert rotating.drop_unused() == [], "no key is dropped that a value needs"
    current = keyring.keyring().current
    rotate()
    assert keyring.keyring().current == current, "going on makes no third key"
    assert open_all() == notes


def test_whoever_writes_meanwhile_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.add_key()
    rewrite = rotating._rewrite
    person = PartyRecord.objects.order_by("pk").values_list("pk", flat=True)[0]

    def slow(model: Any, fields: Any, row: Any, outcome: Any) -> None:
        if row.pk == person:
            PartyRecord(person_id=person, admitted_on=DAY, official_on=DAY, note="Mới").save(
                force_update=True
            )
        rewrite(model, fields, row, outcome)

    monkeypatch.setattr(rotating, "_rewrite", slow)
    assert reencrypt().rewritten == 7, "six records and the evaluation"
    assert PartyRecord.objects.get(pk=person).note == "Mới"
    open_all()


# One person's record laid over another's; letters changed; the day where the remark stands.
SWAPPED = "SELECT note FROM organizations_partyrecord WHERE person_id = {other}"
CHANGED = "SELECT replace(replace(note, 'A', 'b'), 'B', 'a') || 'A'"
MISPLACED = "SELECT admitted_on"


@pytest.mark.parametrize("source", [SWAPPED, CHANGED, MISPLACED])
def test_the_check_names_what_was_tampered_with(source: str) -> None:
    person, other = PartyRecord.objects.order_by("pk").values_list("pk", flat=True)[:2]
    write_past_the_model("note", source.format(other=other), f"person_id = {person}")
    faults = list(faults_of_encrypted())
    assert len(faults) == 1
    assert f"organizations.partyrecord.note {person}:" in faults[0]
    assert "Ghi chú" not in faults[0]
    keyring.add_key()
    with pytest.raises(SystemExit):
        rotate()
    assert usage()[keyring.keyring().older[0]] == 3, (
        "what does not open stays as it is, for a person to look at"
    )


def test_a_lost_key_is_said_and_not_covered_up(home: Path, settings: Any) -> None:
    kept = keyring.key_file().read_text()
    keyring.key_file().unlink()
    with pytest.raises(ImproperlyConfigured, match="Bring it back"):
        rotating.make_first_key()
    assert "data-keys" in next(faults_of_encrypted())
    with pytest.raises(CommandError, match="data-keys"):
        rotate()
    settings.DATA_KEYS = "another key of more than 32 characters"
    assert len(list(faults_of_encrypted())) == 7 * 3 + 2 + 2
    settings.DATA_KEYS = f"{kept.strip()},another key of more than 32 characters"
    rotate()
    open_all()
    with pytest.raises(CommandError, match="THONGSUOT_DATA_KEYS"):
        rotate()


def test_a_value_nobody_encrypted_is_no_value() -> None:
    write_past_the_model("note", "SELECT 'clear words'", "1 = 1")
    assert len(list(faults_of_encrypted())) == 7 + 1
