"""Periods are chosen, holds keep, runs remove and are written down; one class that fails is loud and alone."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import BuiltIn
from thongsuot.audit.append_only import AppendOnlyError
from thongsuot.audit.models import Act, Reading
from thongsuot.audit.services import note_reading
from thongsuot.core import clock, retention
from thongsuot.core.holdings import Subject
from thongsuot.core.keys import uuid7
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import RoleGrant, Unit
from thongsuot.privacy.models import LegalHold, Outcome, RetentionEntry, RetentionPeriod
from thongsuot.privacy.retention import jobs, queries, services
from thongsuot.privacy.retention.erasing import against
from thongsuot.privacy.retention.jobs import RetentionFailedError, remove_what_expired

READINGS = "audit.readings"
AGES = (10, 800, 900)


def looked(cast: Cast, unit: Unit, *ages: int) -> None:
    for days in ages:
        with clock.at(clock.now() - dt.timedelta(days=days)):
            note_reading(by=cast.ward_leader, what="x", unit_id=unit.pk, count=1)


def left() -> int:
    return Reading._default_manager.count()


def readings() -> retention.DataClass:
    found = queries.class_named(READINGS)
    assert found is not None
    return found


def change(cast: Cast, days: int, *, was: int = 730, by: User | None = None) -> None:
    services.change_period(
        by=by or cast.administrator, data_class=readings(), days=days, reason="Quyết định 12", was=was
    )


def hold(cast: Cast, unit: Unit | None = None, name: str = READINGS, **more: Any) -> LegalHold:
    told: dict[str, Any] = {"by": cast.administrator, "reason": "Thanh tra", "until": None} | more
    return services.place_hold(unit=unit, data_class=name, **told)


def officer_of(unit: Unit, user: User) -> User:
    """Somebody who looks after personal data in one unit only."""
    first = clock.today() - dt.timedelta(days=1)
    RoleGrant.objects.create(
        user=user, unit=unit, role_id=BuiltIn.ADMINISTRATOR, reaches_subtree=True, valid_from=first
    )
    return User.objects.get(pk=user.pk)


def test_a_run_removes_what_is_due_and_writes_it_down(cast: Cast) -> None:
    looked(cast, cast.cell, *AGES)
    line = next(line for line in queries.preview().lines if line.name == READINGS)
    assert (line.due.count, line.days, line.is_chosen) == (2, 730, False)
    remove_what_expired()
    remove_what_expired()
    assert left() == 1
    first, second = queries.runs_of(list(queries.runs()))[::-1]
    assert {part.name for part in first.parts} == {one.name for one in retention.registered()}
    (part,) = [part for part in first.parts if part.name == READINGS]
    assert (part.removed, part.outcome, part.days) == (2, Outcome.FINISHED, 730)
    assert [part.removed for part in second.parts if part.name == READINGS] == [0]
    entry = RetentionEntry.objects.filter(data_class=READINGS).latest("at")
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        RetentionEntry.objects.filter(pk=entry.pk).delete()


def test_a_period_is_chosen_once_by_who_may(cast: Cast) -> None:
    looked(cast, cast.cell, *AGES)
    for user in (cast.ward_clerk, officer_of(cast.ward, cast.ward_leader)):
        with pytest.raises(PermissionDenied):
            change(cast, 365, by=user)
    with pytest.raises(Refused):
        change(cast, 29)
    change(cast, 850)
    with pytest.raises(Refused, match=r"Somebody|Người khác"):
        change(cast, 60)
    assert retention.period_of(READINGS) == 850
    remove_what_expired()
    assert left() == 2
    change(cast, 365, was=850)
    remove_what_expired()
    assert left() == 1
    acts = Act.objects.filter(verb="retention.period_changed").order_by("at", "id")
    assert [(act.before, act.after) for act in acts] == [
        ({"days": 730}, {"days": 850}),
        ({"days": 850}, {"days": 365}),
    ]


def test_a_hold_keeps_a_unit_with_all_below_it_until_it_ends(cast: Cast) -> None:
    looked(cast, cast.cell, 800)
    looked(cast, cast.other_cell, 800)
    held = hold(cast, cast.ward)
    line = queries.line_of(readings())
    assert (line.due.count, line.due.held) == (1, 1)
    remove_what_expired()
    assert Reading._default_manager.get().unit_id == cast.cell.pk
    services.lift_hold(by=cast.administrator, hold=held, reason="Đã xong")
    with pytest.raises(Refused):
        services.lift_hold(by=cast.administrator, hold=held, reason="Đã xong")
    remove_what_expired()
    assert left() == 0


def test_a_hold_on_everything_ends_with_its_day(cast: Cast) -> None:
    looked(cast, cast.cell, 800)
    hold(cast, name="", until=clock.today())
    assert hold(cast, name="", until=clock.today()).pk == LegalHold.objects.get().pk  # sent twice
    remove_what_expired()
    assert left() == 1
    with clock.at(clock.now() + dt.timedelta(days=1)):
        remove_what_expired()
    assert left() == 0


def test_what_is_held_back_is_not_erased_either(cast: Cast) -> None:
    somebody = Subject((cast.person(cast.member).pk,), cast.member.pk)
    elsewhere = Subject((cast.person(cast.other_member).pk,), cast.other_member.pk)
    held = hold(cast, cast.ward, name="")
    assert [list(against(one)) != [] for one in (somebody, elsewhere)] == [True, False]
    hold(cast, name="")
    assert list(against(elsewhere))
    services.lift_hold(by=cast.administrator, hold=held, reason="Đã xong")
    assert len(list(against(somebody))) == 1


def test_who_may_hold_what(cast: Cast) -> None:
    ward_officer = officer_of(cast.ward, cast.ward_leader)
    held = hold(cast, cast.ward, by=ward_officer)
    for unit in (None, cast.city, cast.other_ward):
        with pytest.raises(PermissionDenied):
            hold(cast, unit, by=ward_officer)
    with pytest.raises(Refused):  # invitations belong to no unit
        hold(cast, cast.ward, name="accounts.invitations")
    for wrong in ({"reason": " "}, {"until": clock.today() - dt.timedelta(days=1)}, {"name": "x"}):
        with pytest.raises(Refused):
            hold(cast, cast.ward, **wrong)
    elsewhere = officer_of(cast.other_ward, cast.other_ward_leader)
    client = Client()
    client.force_login(elsewhere)
    assert client.get(f"/du-lieu-ca-nhan/thoi-han/giu/{held.pk}/").status_code == 404
    everywhere = hold(cast)
    assert client.get(f"/du-lieu-ca-nhan/thoi-han/giu/{everywhere.pk}/").status_code == 403
    html = assert_whole(client.get("/du-lieu-ca-nhan/thoi-han/"))
    assert html.count("Thanh tra") == 1  # the one for the whole installation, not that of another ward


def test_one_class_that_fails_is_loud_and_stops_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked(cast, cast.cell, 800)

    def breaks(before: dt.datetime) -> Any:
        raise ValueError("Failing row contains (Nguyễn Thị Dấu Vết)")

    broken = retention.DataClass(
        "a.broken", "Hỏng", "x", "x", lambda: 1, retention.Rows(breaks, len, since="at")
    )
    monkeypatch.setattr(retention, "_classes", retention._classes | {broken.name: broken})
    with caplog.at_level(logging.ERROR), pytest.raises(RetentionFailedError):
        remove_what_expired()
    assert left() == 0
    assert "a.broken" in caplog.text
    failed = RetentionEntry.objects.get(outcome=Outcome.FAILED)
    assert failed.failure.startswith("ValueError, test_retention.py line")
    client = Client()
    client.force_login(cast.administrator)
    for address in ("/du-lieu-ca-nhan/thoi-han/", "/du-lieu-ca-nhan/", "/du-lieu-ca-nhan/thoi-han/lan-chay/"):
        html = assert_whole(client.get(address))
        assert "is-late" in html or 'class="state late"' in html
        assert "Hỏng" in html
        assert "Dấu Vết" not in html


def test_a_run_that_is_out_of_time_goes_on_in_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SECONDS_FOR_ALL", 0)
    monkeypatch.setattr(jobs, "ROWS_AT_A_TIME", 1)
    looked(cast, cast.cell, *AGES)
    remove_what_expired()
    assert left() == 1
    outcomes = RetentionEntry.objects.filter(data_class=READINGS).order_by("at", "id")
    told = [row.outcome for row in outcomes if row.outcome != Outcome.REMOVED]
    assert told == [Outcome.CONTINUED, Outcome.FINISHED]


def test_the_pages_ask_as_much_for_many_rows_as_for_few(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert_whole(client.get(address))
        return len(counted)

    pages = ["/du-lieu-ca-nhan/thoi-han/", "/du-lieu-ca-nhan/thoi-han/lan-chay/"]
    hold(cast, cast.ward)
    hold(cast, cast.cell)
    remove_what_expired()
    remove_what_expired()
    few = [asked(page) for page in pages]
    for number in range(18):
        hold(cast, cast.commune, reason=f"Việc {number}")
        run = RetentionEntry(run=uuid7(), data_class=READINGS, outcome=Outcome.FINISHED, days=1)
        run.save()
    assert [asked(page) for page in pages] == few


def test_a_period_is_changed_on_its_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator)
    address = f"/du-lieu-ca-nhan/thoi-han/loai/{READINGS}/"
    assert 'value="730"' in assert_whole(client.get(address))
    assert_whole(client.post(address, {"days": 3, "was": 730, "reason": "x"}), 422)
    assert client.post(address, {"days": 365, "was": 730, "reason": "Quyết định 12"}).status_code == 302
    assert_whole(client.post(address, {"days": 400, "was": 730, "reason": "Quyết định 12"}), 422)
    assert RetentionPeriod.objects.get().days == 365
    assert client.get("/du-lieu-ca-nhan/thoi-han/loai/x.y/").status_code == 404
    wrong = {"data_class": "audit.readings", "unit": "²", "reason": "x"}
    assert_whole(client.post("/du-lieu-ca-nhan/thoi-han/giu/", wrong), 422)
