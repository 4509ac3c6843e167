"""Papers are signed by the head of the unit, or by whoever has the head's authority while the head is away."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from thongsuot.accounts.roles import Permission
from thongsuot.core import clock
from thongsuot.inspections.papers import letterhead_of
from thongsuot.organizations.services.rights import lend_authority, revoke_authority

TITLE = "Bí thư"


@pytest.mark.parametrize(
    ("permission", "signs"), [(Permission.DOCUMENT_SEND, True), (Permission.TASK_ASSIGN, False)]
)
def test_who_signs_while_the_head_is_away(cast: Cast, permission: Permission, signs: bool) -> None:
    head = (TITLE, str(cast.person(cast.ward_leader)))
    before = letterhead_of(cast.ward)
    assert (before.position, before.signer) == head
    loan = lend_authority(
        by=cast.ward_leader,
        principal=cast.ward_leader,
        delegate=cast.ward_officer,
        unit=cast.ward,
        permissions=[permission],
        since=clock.today(),
        until=clock.today() + dt.timedelta(days=3),
    )
    away = letterhead_of(cast.ward)
    assert (away.position, away.signer) == ((f"T/UQ {TITLE}", str(cast.ward_officer)) if signs else head)
    revoke_authority(by=cast.ward_leader, delegation=loan)
    back = letterhead_of(cast.ward)
    assert (back.position, back.signer) == head
