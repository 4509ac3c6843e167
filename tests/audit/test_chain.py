"""The chain of the record of acts: each way of tampering past the program is found, and the right act is named."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection, transaction

from tests.cast import Cast
from thongsuot.audit import anchors, keys
from thongsuot.audit.append_only import AppendOnlyError
from thongsuot.audit.models import Act, Seal
from thongsuot.audit.proofs import faults_of_record
from thongsuot.audit.services import accept_end, advance_anchor, record, seal_acts
from thongsuot.audit.services import sealing as sealer

PER_SEAL = 4


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME = tmp_path
    settings.AUDIT_ANCHOR = str(tmp_path / "audit-anchor")
    keys.make_first_key()
    monkeypatch.setattr(sealer, "MOST_IN_A_SEAL", PER_SEAL)


@pytest.fixture
def acts(cast: Cast) -> list[Act]:
    """Ten acts in three seals, and one that waits for the next."""
    written = [
        record("test.done", by=cast.city_clerk, on=cast.ward, reason=f"Lần {number}", number=number)
        for number in range(10)
    ]
    assert seal_acts() == 10
    written.sort(key=lambda act: act.pk)  # within one millisecond keys have no order
    return [*written, record("test.done", by=cast.city_clerk, on=cast.ward, before={"state": "a"}, number=10)]


def sql(statement: str, *parameters: object) -> None:
    """Past the program, as somebody with the database's own tools would."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [_as_stored(value) for value in parameters])
        assert cursor.rowcount > 0, "the tampering itself must have worked"


def _as_stored(value: object) -> Any:
    return value.hex if isinstance(value, uuid.UUID) and connection.vendor == "sqlite" else value


def faults() -> list[str]:
    return list(faults_of_record())


def test_what_was_written_is_whole(acts: list[Act]) -> None:
    assert [seal.count for seal in Seal.objects.order_by("number")] == [4, 4, 2]
    assert faults() == []
    assert Act.objects.get(seal=None) == acts[10]
    assert seal_acts() == 1
    assert seal_acts() == 0
    assert faults() == []
    assert anchors.noted() == anchors.Anchor(4, Seal.objects.get(number=4).digest)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "test.undone"),
        ("reason", "Khác"),
        ("detail", '{"number": 99}'),
        ("before", '{"state": "b"}'),
        ("after", '{"state": "b"}'),
        ("by_id", None),
        ("unit_id", 1),
        ("object_id", "1"),
        ("at", "2026-01-01 00:00:00+00:00"),
        ("source", "web"),
        ("address", "203.0.113.0/24"),
        ("session", "0000"),
        ("on_behalf_of_id", "own"),
        ("digest", "0" * 64),
    ],
)
@pytest.mark.parametrize("which", [1, 10], ids=["sealed", "not yet sealed"])
def test_a_changed_act_is_named(acts: list[Act], column: str, value: object, which: int) -> None:
    given = acts[which].by_id if value == "own" else value
    sql(f"UPDATE audit_act SET {column} = %s WHERE id = %s", given, acts[which].pk)
    assert faults() == [f"act {acts[which].pk} was changed"]
    seal_acts()
    assert faults() == [f"act {acts[which].pk} was changed"], "sealing does not heal it"


def test_a_removed_act_is_named_and_the_others_are_not(acts: list[Act]) -> None:
    sql("DELETE FROM audit_act WHERE id = %s", acts[5].pk)
    assert faults() == [f"act {acts[5].pk} of seal 2 was removed"]


def test_all_acts_of_a_seal_gone(acts: list[Act]) -> None:
    sql("DELETE FROM audit_act WHERE seal = 2")
    assert faults() == [f"act {act.pk} of seal 2 was removed" for act in acts[4:8]]


def _copy(act: Act, seal: int | None) -> uuid.UUID:
    """The same act once more under another key, signature and all."""
    key = uuid.uuid4()
    columns = [column for field in Act._meta.local_fields if (column := field.column) not in ("id", "seal")]
    quoted = ", ".join(f'"{column}"' for column in columns)
    sql(
        f"INSERT INTO audit_act (id, seal, {quoted}) SELECT %s, %s, {quoted} FROM audit_act WHERE id = %s",
        key,
        seal,
        act.pk,
    )
    return key


def test_an_act_planted_in_a_seal_is_named(acts: list[Act]) -> None:
    key = _copy(acts[2], 1)
    assert faults() == [f"act {key} was added to seal 1"]


def test_an_act_planted_for_the_next_seal_is_named_before_and_after_it(acts: list[Act]) -> None:
    key = _copy(acts[2], None)
    assert faults() == [f"act {key} was changed"]
    seal_acts()
    assert faults() == [f"act {key} was changed"]


def test_an_act_without_a_signature_is_named(acts: list[Act]) -> None:
    sql("UPDATE audit_act SET digest = '', key_name = '' WHERE id = %s", acts[10].pk)
    seal_acts()
    assert faults() == [f"act {acts[10].pk} was not written by this program: it is not signed"]


@pytest.mark.parametrize("number", [0, -3, 99])
def test_an_act_kept_out_of_every_seal_is_named(acts: list[Act], number: int) -> None:
    sql("UPDATE audit_act SET seal = %s WHERE id = %s", number, acts[10].pk)
    assert len(faults()) == 1
    assert str(acts[10].pk) in faults()[0]


def test_an_act_moved_to_another_seal(acts: list[Act]) -> None:
    sql("UPDATE audit_act SET seal = 3 WHERE id = %s", acts[1].pk)
    assert faults() == [
        f"act {acts[1].pk} was taken out of seal 1",
        f"act {acts[1].pk} was added to seal 3",
    ]
    sql("UPDATE audit_act SET seal = NULL WHERE id = %s", acts[1].pk)
    seal_acts()
    assert faults() == [f"act {acts[1].pk} was taken out of seal 1"]


@pytest.mark.parametrize("column", ["at", "count", "content", "previous", "digest"])
def test_a_changed_seal_is_named(acts: list[Act], column: str) -> None:
    value = {"at": "2026-01-01 00:00:00+00:00", "count": 3}.get(column, "0" * 64)
    sql(f"UPDATE audit_seal SET {column} = %s WHERE number = 2", value)
    assert "seal 2 was changed" in faults()


def test_an_act_struck_from_the_list_of_its_seal_too(acts: list[Act]) -> None:
    seal = Seal.objects.get(number=2)
    struck = uuid.UUID(bytes=bytes(seal.act_ids)[:16])
    sql("UPDATE audit_seal SET act_ids = %s WHERE number = 2", bytes(seal.act_ids)[16:])
    sql("DELETE FROM audit_act WHERE id = %s", struck)
    assert faults() == ["seal 2: its acts add up to something else"]


def test_a_seal_in_the_middle_is_missed_with_its_acts(acts: list[Act]) -> None:
    sql("DELETE FROM audit_seal WHERE number = 2")
    found = faults()
    assert "seals 2 to 2 are gone" in found
    assert sum("says it is in seal 2, which is gone" in fault for fault in found) == PER_SEAL
    sql("DELETE FROM audit_act WHERE seal = 2")
    assert faults() == ["seals 2 to 2 are gone"]


def test_a_tail_cut_off_with_its_seals_is_missed(acts: list[Act]) -> None:
    sql("DELETE FROM audit_act WHERE seal = 3")
    sql("DELETE FROM audit_seal WHERE number = 3")
    assert len(faults()) == 1
    assert "there was seal 3: its end was removed, or an older copy restored" in faults()[0]
    # What is written afterwards takes the number again, and does not cover it up.
    assert seal_acts() == 1
    assert faults() == ["seal 3 is not the one of the file: the record was written anew"]


def test_everything_wiped_is_missed(acts: list[Act]) -> None:
    sql("DELETE FROM audit_act")
    sql("DELETE FROM audit_seal")
    assert len(faults()) == 1
    assert not advance_anchor()


def test_a_chain_begun_anew_is_told_from_the_noted_one(acts: list[Act]) -> None:
    sql("DELETE FROM audit_seal")
    sql("UPDATE audit_act SET seal = NULL")
    assert seal_acts() == 11
    assert faults() == ["seal 3 is not the one of the file: the record was written anew"]


def test_an_end_noted_on_paper_tells_what_the_file_no_longer_can(acts: list[Act]) -> None:
    paper = anchors.noted()
    assert paper is not None
    assert list(faults_of_record(noted=paper)) == []
    sql("DELETE FROM audit_act WHERE seal = 3")
    sql("DELETE FROM audit_seal WHERE number = 3")
    anchors.forget()
    assert faults() == []
    assert "what was noted elsewhere says there was seal 3" in next(faults_of_record(noted=paper))


def test_a_restored_copy_is_taken_for_whole_by_an_act_with_a_reason(acts: list[Act], cast: Cast) -> None:
    sql("DELETE FROM audit_act WHERE seal = 3")
    sql("DELETE FROM audit_seal WHERE number = 3")
    was = anchors.noted()
    with pytest.raises(ValidationError):
        accept_end(by=None, reason=" ")
    accept_end(by=cast.administrator, reason="Khôi phục bản sao lưu ngày 22/11")
    act = Act.objects.get(verb="audit.end_accepted")
    assert act.before == {"anchor": str(was)}
    sealer.note_anew()
    assert faults() == []


def test_an_unreadable_note_is_a_fault_and_is_not_written_over(acts: list[Act], settings: Any) -> None:
    Path(settings.AUDIT_ANCHOR).write_text("3:" + "z")
    seal_acts()
    assert faults() == ["the noted end of the record cannot be read"]


def test_after_a_new_key_the_old_one_still_verifies(acts: list[Act], cast: Cast) -> None:
    first = keys.keys().current
    assert keys.add_key() == keys.keys().current != first
    act = record("test.done", by=cast.city_clerk, on=cast.ward)
    assert act.key_name == keys.keys().current
    seal_acts()
    assert faults() == []
    new = keys.key_file().read_text().splitlines()[1]
    keys.key_file().write_text(new + "\n")
    found = faults()
    assert f"act {acts[0].pk}: signed with key {first}, which is not here" in found
    assert f"seal 1: signed with key {first}, which is not here" in found
    assert not any(str(act.pk) in fault for fault in found)


def test_another_key_proves_nothing(acts: list[Act], settings: Any) -> None:
    name = keys.keys().current
    settings.AUDIT_KEYS = "f" * 64
    assert keys.keys().current != name
    assert len(faults()) == len(acts) + 3
    settings.AUDIT_KEYS = "short"
    with pytest.raises(ImproperlyConfigured):
        keys.keys()


def test_without_a_key_nothing_is_recorded(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "elsewhere"
    with pytest.raises(ImproperlyConfigured, match="audit-keys"), transaction.atomic():
        record("test.done", by=None, on=cast.ward)
    assert keys.make_first_key()
    assert not keys.make_first_key()
    assert keys.key_file().stat().st_mode & 0o077 == 0
    assert record("test.done", by=None, on=cast.ward).digest


def test_acts_from_before_the_chain_are_signed_once(cast: Cast) -> None:
    act = record("test.done", by=None, on=cast.ward)
    sql("UPDATE audit_act SET digest = '', key_name = '' WHERE id = %s", act.pk)
    seal_acts()
    assert faults() == []
    # Once there is a chain, nothing unsigned is taken over any more.
    later = record("test.done", by=None, on=cast.ward)
    sql("UPDATE audit_act SET digest = '', key_name = '' WHERE id = %s", later.pk)
    seal_acts()
    assert faults() == [f"act {later.pk} was not written by this program: it is not signed"]


Write = Callable[[Act], object]
REFUSED: dict[str, Write] = {
    "save": lambda act: act.save(),
    "delete": lambda act: act.delete(),
    "update": lambda act: Act.objects.filter(pk=act.pk).update(reason="x"),
    "delete of a set": lambda act: Act.objects.filter(pk=act.pk).delete(),
    "bulk update": lambda act: Act.objects.bulk_update([act], ["reason"]),
    "upsert": lambda act: Act.objects.bulk_create(
        [act], update_conflicts=True, unique_fields=["id"], update_fields=["reason"]
    ),
    "update or create": lambda act: Act.objects.update_or_create(pk=act.pk, defaults={"reason": "x"}),
    "a seal": lambda act: Seal.objects.get(number=1).save(),
    "seals": lambda act: Seal.objects.all().delete(),
}


@pytest.mark.parametrize("way", REFUSED)
def test_the_model_itself_changes_and_deletes_nothing(acts: list[Act], way: str) -> None:
    with pytest.raises(AppendOnlyError), transaction.atomic():
        REFUSED[way](acts[0])
    assert faults() == []


def test_numbers_that_no_database_gives_back_are_refused(cast: Cast) -> None:
    for value in (0.5, float("nan")):
        with pytest.raises(TypeError):
            record("test.done", by=None, on=cast.ward, share=value)


def test_memory_is_bounded_by_a_page(acts: list[Act], django_assert_max_num_queries: Any) -> None:
    """Ten times the acts in as many seals cost pages, not queries a seal."""
    del acts
    with django_assert_max_num_queries(12):
        assert faults() == []


def test_a_copy_of_the_home_folder_verifies_the_copy_of_the_database(
    acts: list[Act], settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("copy") / "home"
    shutil.copytree(settings.HOME, copy)
    settings.HOME, settings.AUDIT_ANCHOR = copy, str(copy / "audit-anchor")
    assert faults() == []
    assert anchors.noted() is not None
