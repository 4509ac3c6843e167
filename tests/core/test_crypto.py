"""Encrypted values: what goes in comes out at its own place only, under a known key only, and nothing else tells it."""

from __future__ import annotations

import datetime as dt
import os
import stat
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps

from thongsuot.core.crypto import keyring
from thongsuot.core.crypto.fields import EncryptedDateField, EncryptedTextField
from thongsuot.core.crypto.values import (
    CannotOpenError,
    Sealed,
    TamperedError,
    UnknownKeyError,
    open_sealed,
    seal,
)

PLACE = "people.record.note 1"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME, settings.DATA_KEYS = tmp_path, ""
    keyring.make_first_key()
    return tmp_path


@pytest.fixture
def kept() -> Iterator[type[models.Model]]:
    """A model with one of each field, in no database."""
    with isolate_apps("thongsuot.core"):

        class Kept(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            owner = models.IntegerField()
            words = EncryptedTextField(bound_to=("owner",))
            more = EncryptedDateField(null=True)
            since = EncryptedDateField()

            class Meta:
                app_label = "core"

        yield Kept


def as_read(row: Any) -> Any:
    """The row as a query would bring it: through each field to the database's form and back."""
    fields = row._meta.concrete_fields
    stored = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    values = [
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(fields, stored, strict=True)
    ]
    return type(row).from_db("default", [field.attname for field in fields], values)


def test_what_goes_in_comes_out_and_the_database_sees_none_of_it(kept: Any) -> None:
    row = kept(owner="7", words="Khen thưởng năm 2025", more=dt.date(2025, 9, 2), since=dt.date(1998, 2, 3))
    read = as_read(row)
    held = {name: str(value.token) for name, value in vars(read).items() if isinstance(value, Sealed)}
    assert set(held) == {"words", "more", "since"}
    assert "Khen" not in repr(vars(read)), "nor does what is printed by accident"
    assert (read.words, read.more, read.since) == (row.words, row.more, row.since)
    again = as_read(read)
    assert all(vars(again)[name].token != token for name, token in held.items()), "never the same twice"
    empty = as_read(kept(owner=1, words="", more=None, since=None))
    assert vars(empty)["more"] is None
    assert len(vars(empty)["since"].token) == len(held["since"]), "that there is no day cannot be seen"
    assert len(vars(empty)["words"].token) == len(held["words"]), "nor how long a short word is"
    assert (empty.words, empty.more, empty.since) == ("", None, None)


def test_a_value_opens_at_its_own_place_only(kept: Any) -> None:
    mine, other = (as_read(kept(owner=owner, words="Giữ kín", since=None)) for owner in (1, 2))
    swapped = vars(mine)["words"]
    for change in ({"owner": 2}, {"id": other.pk}):
        stranger = as_read(kept(owner=1, words="Giữ kín", since=None))
        stranger.id, stranger.owner = mine.pk, mine.owner
        stranger.words = swapped
        assert stranger.words == "Giữ kín"
        for name, value in change.items():
            setattr(stranger, name, value)
        stranger.words = swapped
        with pytest.raises(TamperedError, match=r"core\.kept\.words") as caught:
            _ = stranger.words
        assert "Giữ" not in str(caught.value)
        with pytest.raises(TamperedError):
            kept._meta.get_field("words").pre_save(stranger, add=False)
    mine.since = swapped
    with pytest.raises(TamperedError):
        _ = mine.since


def test_every_changed_letter_is_noticed() -> None:
    sealed = seal("Hoàn thành tốt nhiệm vụ", PLACE)
    assert open_sealed(sealed, PLACE) == "Hoàn thành tốt nhiệm vụ"
    for at in range(0, len(sealed.token), 7):
        letter = "A" if sealed.token[at] != "A" else "B"
        with pytest.raises(CannotOpenError):
            open_sealed(Sealed(sealed.token[:at] + letter + sealed.token[at + 1 :]), PLACE)
    for broken in ("", "e1.", "plain words", sealed.token[:40], sealed.token + "é"):
        with pytest.raises(CannotOpenError):
            open_sealed(Sealed(broken), PLACE)


def test_a_missing_and_a_wrong_key_stop_in_words(home: Path, settings: Any) -> None:
    sealed = seal("một", PLACE)
    own = keyring.key_file().read_text().strip()
    assert stat.S_IMODE(keyring.key_file().stat().st_mode) == 0o600
    keyring.key_file().unlink()
    for act in (lambda: open_sealed(sealed, PLACE), lambda: seal("hai", PLACE)):
        with pytest.raises(ImproperlyConfigured, match=r"data-keys.*THONGSUOT_DATA_KEYS"):
            act()
    assert keyring.make_first_key()
    assert not keyring.make_first_key()
    with pytest.raises(UnknownKeyError, match=keyring.name_of(own)):
        open_sealed(sealed, PLACE)
    settings.DATA_KEYS = f"{own},{'n' * 64}"
    assert open_sealed(sealed, PLACE) == "một"
    assert keyring.keyring().current == keyring.name_of("n" * 64)
    with pytest.raises(ImproperlyConfigured, match="THONGSUOT_DATA_KEYS"):
        keyring.add_key()
    settings.DATA_KEYS = "short"
    with pytest.raises(ImproperlyConfigured, match="at least 32"):
        keyring.keyring()


def test_a_new_key_encrypts_and_the_old_one_opens_until_it_is_dropped(home: Path) -> None:
    before = seal("một", PLACE)
    name = keyring.add_key()
    os.utime(keyring.key_file())
    after = seal("một", PLACE)
    assert (after.key_name, keyring.keyring().older) == (name, [before.key_name])
    assert open_sealed(before, PLACE) == open_sealed(after, PLACE) == "một"
    assert stat.S_IMODE(keyring.key_file().stat().st_mode) == 0o600
    lines = keyring.drop_keys([before.key_name, name])
    assert [keyring.name_of(line) for line in lines] == [before.key_name], "the current key stays"
    with pytest.raises(UnknownKeyError):
        open_sealed(before, PLACE)
    keyring.put_back(lines)
    assert open_sealed(before, PLACE) == "một"
    assert keyring.keyring().current == name
    assert [file.name for file in home.iterdir()] == [keyring.FILE_NAME], "nothing half written is left"


def test_of_two_new_keys_made_at_once_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    second = threading.Thread(target=lambda: made.append(keyring.add_key()))
    read = keyring._lines

    def slowly() -> list[str]:
        lines = read()
        if threading.current_thread() is not second and not second.is_alive():
            second.start()
            second.join(0.2)  # it has to wait; if it does not, it is done by now
        return lines

    monkeypatch.setattr(keyring, "_lines", slowly)
    made.append(keyring.add_key())
    second.join(10)
    assert set(made) < set(keyring.keyring().by_name)
    assert len(made) == 2


@pytest.mark.parametrize("lookup", ["words", "words__contains", "since__gt", "since__year", "words__in"])
def test_it_can_be_asked_for_emptiness_only(kept: Any, lookup: str) -> None:
    assert "IS NULL" in str(kept._default_manager.filter(more__isnull=True).query)
    with pytest.raises(FieldError, match="is encrypted"):
        kept._default_manager.filter(**{lookup: "a"})


def test_what_goes_past_the_row_is_refused(kept: Any) -> None:
    for value in ("clear", dt.date(2026, 1, 1)):
        with pytest.raises(TypeError, match="save"):
            kept._meta.get_field("words").get_db_prep_save(value, connection)
    row = kept(owner=1, words="a", since=None)
    row.id = None
    with pytest.raises(TypeError, match="key made in the application"):
        kept._meta.get_field("words").pre_save(row, add=True)


@isolate_apps("thongsuot.core")
def test_the_check_finds_fields_that_cannot_work() -> None:
    class Wrong(models.Model):
        words = EncryptedTextField(unique=True, bound_to=("nobody",))

        class Meta:
            app_label = "core"

    found = {error.id for error in Wrong._meta.get_field("words").check()}
    assert found >= {"crypto.E001", "crypto.E002", "crypto.E003"}
    name, path, _args, options = Wrong._meta.get_field("words").deconstruct()
    assert (name, path) == ("words", "thongsuot.core.crypto.fields.EncryptedTextField")
    assert options["bound_to"] == ("nobody",)
