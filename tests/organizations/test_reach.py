from __future__ import annotations

from tests.cast import Cast
from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import resolve_actors, units_visible_to
from thongsuot.organizations.reach import can


def test_a_leader_reaches_the_subtree_and_nothing_beside_it(cast: Cast) -> None:
    visible = set(units_visible_to(cast.ward_leader))
    assert visible == set(Unit.objects.under(cast.ward))
    assert cast.other_ward not in visible
    assert cast.city not in visible


def test_an_officer_reaches_the_own_unit_only(cast: Cast) -> None:
    assert list(units_visible_to(cast.ward_officer)) == [cast.ward]


def test_a_right_is_compared_in_memory(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        assert can(cast.city_clerk, Permission.DOCUMENT_SEND, cast.ward)
        assert can(cast.city_clerk, Permission.DOCUMENT_SEND, cast.cell)
        assert not can(cast.city_clerk, Permission.TASK_ASSIGN, cast.ward)
    assert not can(cast.ward_clerk, Permission.DOCUMENT_SEND, cast.city)
    assert not can(cast.member, Permission.TASK_ASSIGN, cast.cell)


def test_names_in_a_document_are_matched_with_our_units(cast: Cast) -> None:
    actor = resolve_actors(["UBND phường Cầu Ván", "Bộ Tài chính"], within=cast.city)
    assert actor.units == (cast.ward,)
    assert resolve_actors(["các cơ quan, đơn vị"], within=cast.city).is_recipients
    assert resolve_actors(["Bộ Tài chính"], within=cast.city).units == ()
