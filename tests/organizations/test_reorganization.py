"""A reorganisation as one act: what each step makes of units, people and their history."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.reorganizing import (
    carried_out,
    draft,
    founding,
    in_days,
    on,
    paths_agree,
    rows_of_units,
)
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import BuiltIn, Permission
from thongsuot.audit.queries import timeline_of
from thongsuot.core.refusals import Refused
from thongsuot.home.proofs.people import doubles, holdings
from thongsuot.organizations.models import (
    Delegation,
    Membership,
    Position,
    Reorganization,
    RoleGrant,
    Unit,
    UnitKind,
    UnitSuccession,
)
from thongsuot.organizations.queries import resolve_actors
from thongsuot.organizations.reach import can
from thongsuot.organizations.reorganization import (
    PartData,
    StepData,
    add_step,
    cancel,
    carry_out,
    check,
    children_on,
    choose_children,
    compare,
    current_of,
    predecessors_of,
    remove_step,
    schedule,
    successors_of,
    take_back,
    undo,
    unit_on,
)
from thongsuot.organizations.reorganization.jobs import carry_out_due
from thongsuot.organizations.reorganization.lines import impacts_of
from thongsuot.organizations.services import grant_role

pytestmark = pytest.mark.django_db


def merger(cast: Cast) -> Reorganization:
    """Cầu Ván and Gò Bưởi become the ward Vàm Cỏ Đông."""
    made = draft(cast, founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông"))
    into = made.steps.get()
    step = StepData("merge", target=into, sources=[cast.ward, cast.other_ward])
    add_step(by=cast.city_clerk, reorganization=made, data=step)
    return made


def test_a_merger_has_one_successor_that_everything_hangs_below(cast: Cast) -> None:
    done = carried_out(merger(cast))
    assert done.state == "done", done.failure
    new = Unit.objects.get(name="Đảng ủy phường Vàm Cỏ Đông")
    for old in (cast.ward, cast.other_ward):
        old.refresh_from_db()
        assert (old.valid_to, old.parent_id) == (done.effective_on, new.pk)
        assert new.contains(old)
        assert current_of(old) == old, "until its day it stands for itself"
        with on(in_days(1)):
            assert current_of(old) == new
        assert [row.new for row in successors_of(old)] == [new]
    assert {row.old for row in predecessors_of(new)} == {cast.ward, cast.other_ward}
    assert Unit.objects.get(pk=cast.cell.pk).parent == new
    assert paths_agree()


def test_history_stays_readable_where_it_happened(cast: Cast) -> None:
    before, after = in_days(0), in_days(1)
    was = {row.unit_id for row in children_on(cast.ward, before)}
    carried_out(merger(cast))
    new = Unit.objects.get(name="Đảng ủy phường Vàm Cỏ Đông")
    old = unit_on(cast.ward, before)
    assert old is not None
    assert old.parent == cast.city
    assert unit_on(cast.ward, after) is None
    assert {row.unit_id for row in children_on(cast.ward, before)} == was
    then = unit_on(cast.cell, before)
    now = unit_on(cast.cell, after)
    assert then is not None
    assert then.parent == cast.ward
    assert now is not None
    assert now.parent == new
    differences = {row.unit_id: row for row in compare(before, after, under=cast.city)}
    assert differences[new.pk].before is None
    assert [row.new for row in differences[cast.ward.pk].successors] == [new]
    assert differences[cast.cell.pk].is_moved
    assert cast.commune.pk not in differences


def test_members_roles_and_posts_go_to_the_successor(cast: Cast) -> None:
    members = Membership.objects.valid_on().filter(unit__in=[cast.cell, cast.second_cell]).count()
    step = StepData("merge", target=cast.cell, sources=[cast.second_cell])
    day = carried_out(draft(cast, step)).effective_on
    assert Membership.objects.valid_on(day).filter(unit=cast.cell).count() == members
    assert not Membership.objects.valid_on(day).filter(unit=cast.second_cell).exists()
    assert Membership.objects.valid_on(in_days(0)).filter(unit=cast.second_cell).exists()
    heads = Position.objects.valid_on(day).filter(unit=cast.cell, is_head=True)
    assert heads.count() == 1, "a unit that takes over keeps its own head"


def test_roles_of_both_go_to_the_new_unit_once(cast: Cast) -> None:
    RoleGrant.objects.create(
        user=cast.ward_clerk,
        unit=cast.other_ward,
        role_id="clerk",
        valid_from=in_days(-9),
        reaches_subtree=True,
    )
    day = carried_out(merger(cast)).effective_on
    new = Unit.objects.get(name="Đảng ủy phường Vàm Cỏ Đông")
    roles = RoleGrant.objects.valid_on(day).filter(unit=new, user=cast.ward_clerk)
    assert roles.count() == 1
    with on(day, 9):
        clerk = User.objects.get(pk=cast.other_ward_clerk.pk)
        reached = Unit.objects.get(pk=cast.ward.pk)
        assert can(clerk, Permission.DOCUMENT_RECEIVE, reached), "what the old ward left is the new one's"


def test_what_is_held_in_both_for_a_while_lasts_as_long_as_the_longer(cast: Cast) -> None:
    """A clerk for good in one ward and for three more days in the other stays a clerk."""
    soon = RoleGrant.objects.create(
        user=cast.ward_clerk,
        unit=cast.other_ward,
        role_id="clerk",
        valid_from=in_days(-9),
        valid_to=in_days(4),
        reaches_subtree=True,
    )
    made = draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward]))
    day = carried_out(made).effective_on
    held = RoleGrant.objects.filter(user=cast.ward_clerk, unit=cast.other_ward).order_by("valid_from")
    assert [(row.valid_from, row.valid_to) for row in held] == [
        (soon.valid_from, in_days(4)),
        (in_days(4), None),
    ]
    assert day < in_days(4)


def test_of_two_same_roles_the_wider_one_stays(cast: Cast) -> None:
    """A clerk of one ward and all below it, who is a clerk of the other alone, keeps what lies below."""
    for since, until in ((-9, 3), (5, 8), (20, None)):
        RoleGrant.objects.create(
            user=cast.ward_clerk,
            unit=cast.other_ward,
            role_id="clerk",
            valid_from=in_days(since),
            valid_to=in_days(until) if until else None,
        )
    RoleGrant.objects.filter(user=cast.ward_clerk, unit=cast.ward).update(valid_to=in_days(24))
    before = rows_of_units()
    done = carried_out(draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward])))
    assert done.state == "done", done.failure
    held = RoleGrant.objects.filter(user=cast.ward_clerk, unit=cast.other_ward).order_by("valid_from")
    assert [(row.valid_from, row.valid_to, row.reaches_subtree) for row in held] == [
        (in_days(-9), in_days(1), False),
        (in_days(1), in_days(24), True),
        (in_days(5), in_days(5), False),
        (in_days(20), in_days(20), False),
        (in_days(24), None, False),
    ]
    assert [*doubles(), *holdings()] == []
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert rows_of_units() == before


def test_a_role_that_never_began_stays_readable_where_it_was_given(cast: Cast) -> None:
    given = RoleGrant.objects.create(
        user=cast.ward_officer,
        unit=cast.economy,
        role_id="clerk",
        valid_from=in_days(5),
        valid_to=in_days(5),
    )
    later = RoleGrant.objects.create(
        user=cast.ward_officer, unit=cast.economy, role_id="leader", valid_from=in_days(5)
    )
    assert carried_out(draft(cast, StepData("dissolve", unit=cast.economy))).state == "done"
    kept = RoleGrant.objects.filter(pk__in=[given.pk, later.pk])
    assert {(row.unit, row.valid_from, row.valid_to) for row in kept} == {
        (cast.economy, in_days(5), in_days(5))
    }
    assert list(holdings()) == []


def test_a_member_who_is_to_move_later_is_in_a_cell_until_then(cast: Cast) -> None:
    member = Membership.objects.filter(unit=cast.second_cell).order_by("pk")[0]
    Membership.objects.filter(pk=member.pk).update(valid_to=in_days(20))
    Membership.objects.create(person=member.person, unit=cast.cell, valid_from=in_days(20))
    day = carried_out(
        draft(cast, StepData("merge", target=cast.cell, sources=[cast.second_cell]))
    ).effective_on
    held = Membership.objects.filter(person=member.person).order_by("valid_from")
    assert [(row.unit, row.valid_from, row.valid_to) for row in held] == [
        (cast.second_cell, member.valid_from, day),
        (cast.cell, day, in_days(20)),
        (cast.cell, in_days(20), None),
    ]


def test_roles_end_where_the_clerk_says_so(cast: Cast) -> None:
    made = draft(cast, founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông"))
    step = StepData("merge", target=made.steps.get(), sources=[cast.ward, cast.other_ward], roles="ended")
    add_step(by=cast.city_clerk, reorganization=made, data=step)
    day = carried_out(made).effective_on
    assert not RoleGrant.objects.valid_on(day).filter(user=cast.ward_clerk).exists()
    post = Position.objects.filter(unit=cast.ward, is_head=True).get()
    assert (post.valid_to, post.ended_by) == (day, "15-QĐ/TU")


def test_a_split_has_parts_with_shares_and_children_go_where_the_draft_says(cast: Cast) -> None:
    made = draft(
        cast,
        founding(cast.city, "Đảng ủy phường Cầu Ván Tây"),
        founding(cast.city, "Đảng ủy phường Cầu Ván Đông"),
    )
    west, east = made.steps.order_by("ordinal")
    step = add_step(
        by=cast.city_clerk,
        reorganization=made,
        data=StepData(
            "split",
            unit=cast.ward,
            parts=[PartData(west, Decimal("0.6"), is_main=True), PartData(east, Decimal("0.4"))],
        ),
    )
    choose_children(by=cast.city_clerk, step=step, children={cast.second_cell: east})
    carried_out(made)
    west_unit, east_unit = (Unit.objects.get(name=row.name) for row in (west, east))
    shares = {row.new: row.share for row in UnitSuccession.objects.filter(old=cast.ward)}
    assert shares == {west_unit: Decimal("0.6"), east_unit: Decimal("0.4")}
    assert Unit.objects.get(pk=cast.cell.pk).parent == west_unit
    assert Unit.objects.get(pk=cast.second_cell.pk).parent == east_unit
    assert Unit.objects.get(pk=cast.ward.pk).parent == west_unit, "it hangs below the main part"
    assert paths_agree()


@pytest.mark.parametrize(
    ("shares", "code"),
    [(["1"], "too_few"), (["0.5", "0.4"], "shares"), (["1.2", "-0.2"], "shares")],
)
def test_a_split_that_does_not_add_up_is_refused(cast: Cast, shares: list[str], code: str) -> None:
    into = [cast.other_ward, cast.commune]
    parts = [
        PartData(unit, Decimal(share), is_main=number == 0)
        for number, (unit, share) in enumerate(zip(into, shares, strict=False))
    ]
    with pytest.raises(Refused) as refusal:
        draft(cast, StepData("split", unit=cast.ward, parts=parts))
    assert refusal.value.code == code


def test_a_unit_is_renamed_and_papers_with_the_old_name_still_find_it(cast: Cast) -> None:
    step = StepData(
        "rename",
        unit=cast.ward,
        name="Đảng ủy phường Cầu Mới",
        short_name="phường Cầu Mới",
        unit_kind=UnitKind.WARD_COMMITTEE,
        symbol="ĐU",
        place="Cầu Mới",
    )
    day = carried_out(draft(cast, step)).effective_on
    ward = Unit.objects.get(pk=cast.ward.pk)
    assert (ward.name, ward.path, ward.place) == ("Đảng ủy phường Cầu Mới", cast.ward.path, "Cầu Mới")
    before, after = unit_on(ward, in_days(0)), unit_on(ward, day)
    assert before is not None
    assert before.name == "Đảng ủy phường Cầu Ván"
    assert after is not None
    assert after.name == "Đảng ủy phường Cầu Mới"
    for name in ("Đảng ủy phường Cầu Ván", "Đảng ủy phường Cầu Mới"):
        assert resolve_actors([name], within=cast.city).units == (ward,)
        assert ward in Unit.objects.search(name)


def test_papers_with_the_name_of_an_ended_unit_mean_its_successor(cast: Cast) -> None:
    day = carried_out(merger(cast)).effective_on
    with on(day):
        found = resolve_actors(["Đảng ủy phường Cầu Ván"], within=cast.city).units
    assert [unit.name for unit in found] == ["Đảng ủy phường Vàm Cỏ Đông"]


def test_a_unit_moves_with_all_below_it(cast: Cast) -> None:
    day = carried_out(draft(cast, StepData("move", unit=cast.cell, target=cast.commune))).effective_on
    cell = Unit.objects.get(pk=cast.cell.pk)
    assert cell.parent == cast.commune
    assert cell.path.startswith(cast.commune.path)
    now = unit_on(cell, day)
    assert now is not None
    assert (now.parent_id, now.path) == (cell.parent_id, cell.path)


def test_a_dissolved_unit_leaves_what_is_open_to_the_one_above(cast: Cast) -> None:
    carried_out(draft(cast, StepData("dissolve", unit=cast.economy)))
    assert [row.new for row in successors_of(cast.economy)] == [Unit.objects.get(children=cast.economy)]


def test_each_unit_tells_what_happened_to_it(cast: Cast) -> None:
    done = carried_out(merger(cast))
    assert [entry.verb for entry in timeline_of(cast.ward)][-1] == "unit.merged"
    assert [entry.verb for entry in timeline_of(done)] == [
        "reorganization.begun",
        "reorganization.changed",
        "reorganization.changed",
        "reorganization.scheduled",
        "reorganization.carried_out",
    ]


# --- what speaks against a draft


def _refused(cast: Cast, *steps: StepData, **how: object) -> str:
    with pytest.raises(Refused) as refusal:
        draft(cast, *steps, **how)  # type: ignore[arg-type]
    return refusal.value.code


def test_circles_are_refused(cast: Cast) -> None:
    assert _refused(cast, StepData("move", unit=cast.ward, target=cast.cell)) == "cycle"
    assert _refused(cast, StepData("merge", target=cast.cell, sources=[cast.ward])) == "cycle"
    assert _refused(cast, StepData("dissolve", unit=cast.ward, target=cast.cell)) == "cycle"


def test_a_unit_that_ended_is_no_part_of_a_draft(cast: Cast) -> None:
    carried_out(merger(cast))
    with on(in_days(2)):
        assert _refused(cast, StepData("move", unit=cast.ward, target=cast.commune)) == "ended"


def test_a_unit_ends_once(cast: Cast) -> None:
    first = StepData("dissolve", unit=cast.cell, target=cast.second_cell)
    again = StepData("merge", target=cast.other_cell, sources=[cast.cell])
    assert _refused(cast, first, again) == "ends_here"
    last = StepData("dissolve", unit=cast.second_cell, target=cast.other_cell)
    assert _refused(cast, first, last) == "heir_ends"


def test_a_cell_with_members_is_taken_over_by_a_cell(cast: Cast) -> None:
    assert _refused(cast, StepData("dissolve", unit=cast.cell)) == "members"


def test_children_are_not_left_without_a_unit_above(cast: Cast) -> None:
    step = StepData(
        "merge", target=cast.other_ward, sources=[cast.ward, cast.commune], children={cast.cell: cast.ward}
    )
    assert _refused(cast, step) == "orphan"


def test_two_units_of_one_name_are_refused(cast: Cast) -> None:
    made = draft(cast, founding(cast.city, "Đảng ủy  phường Cầu Ván"))
    assert [problem.code for problem in check(made).blocking] == ["same_name"]


def test_nobody_reorganises_outside_what_they_reach(cast: Cast) -> None:
    step = StepData("move", unit=cast.other_cell, target=cast.ward)
    assert _refused(cast, step, by=cast.ward_clerk, scope=cast.ward) == "outside"
    with pytest.raises(PermissionDenied):
        draft(cast, by=cast.ward_clerk)
    with pytest.raises(PermissionDenied):
        draft(cast, by=cast.ward_leader, scope=cast.ward)


def test_the_last_administrator_keeps_the_role(cast: Cast) -> None:
    RoleGrant.objects.filter(role="administrator").update(unit=cast.economy)
    made = draft(cast, StepData("dissolve", unit=cast.economy, roles="ended"))
    assert [problem.code for problem in check(made).blocking] == ["last_administrator"]
    RoleGrant.objects.create(
        user=cast.city_officer, unit=cast.city, role_id="administrator", valid_from=in_days(-1)
    )
    assert check(made).blocking == []


def test_a_day_that_has_passed_cannot_be_scheduled(cast: Cast) -> None:
    made = draft(cast, StepData("dissolve", unit=cast.economy), days=0)
    with on(in_days(1)), pytest.raises(Refused) as refusal:
        schedule(by=cast.city_clerk, reorganization=made)
    assert refusal.value.code == "past"


def test_a_unit_of_two_drafts_is_told_and_of_two_schedules_refused(cast: Cast) -> None:
    first = draft(cast, StepData("dissolve", unit=cast.economy))
    second = draft(cast, StepData("move", unit=cast.economy, target=cast.ward))
    assert [(p.code, p.is_warning) for p in check(second).problems] == [("two_drafts", True)]
    schedule(by=cast.city_clerk, reorganization=first)
    with pytest.raises(Refused) as refusal:
        schedule(by=cast.city_clerk, reorganization=second)
    assert refusal.value.code == "two_drafts"


def test_a_later_change_of_a_unit_is_not_overtaken(cast: Cast) -> None:
    made = draft(cast, StepData("move", unit=cast.cell, target=cast.commune), days=1)
    schedule(by=cast.city_clerk, reorganization=made)
    other = draft(cast, StepData("dissolve", unit=cast.economy), days=1)
    carried_out(other)
    # The worker was stopped; meanwhile, on the third day, the cell was moved by another act.
    with on(in_days(3)):
        Reorganization.objects.filter(pk=made.pk).update(state="draft")
        carried_out_now = draft(cast, StepData("move", unit=cast.cell, target=cast.other_ward), days=0)
        carried_out(carried_out_now)
        Reorganization.objects.filter(pk=made.pk).update(state="scheduled")
        failed = carry_out(made.pk)
    assert failed.state == "failed"
    assert cast.cell.name in failed.failure


# --- when it is carried out


def test_it_is_carried_out_on_its_day_and_once(cast: Cast) -> None:
    made = merger(cast)
    schedule(by=cast.city_clerk, reorganization=made)
    before = rows_of_units()
    carry_out_due()
    assert rows_of_units() == before, "not before midnight"
    with on(made.effective_on):
        carry_out_due()
        after = rows_of_units()
        assert after != before
        carry_out_due()
        carry_out(made.pk)
        assert rows_of_units() == after


def test_a_worker_that_was_stopped_catches_up(cast: Cast) -> None:
    made = merger(cast)
    schedule(by=cast.city_clerk, reorganization=made)
    with on(in_days(5), 14):
        carry_out_due()
    old = Unit.objects.get(pk=cast.ward.pk)
    assert old.valid_to == made.effective_on, "its day stays what the decision says"


def test_a_changed_tree_stops_it_and_it_says_why(cast: Cast) -> None:
    made = merger(cast)
    schedule(by=cast.city_clerk, reorganization=made)
    Unit.objects.filter(pk=cast.cell.pk).update(name="Chi bộ đổi tên")
    before = rows_of_units()
    with on(made.effective_on):
        carry_out_due()
    made.refresh_from_db()
    assert made.state == "failed"
    assert "Chi bộ đổi tên" in made.failure
    assert rows_of_units() == before
    take_back(by=cast.city_clerk, reorganization=made)
    assert carried_out(made).state == "done"


@pytest.mark.parametrize("lost", ["role", "account"])
def test_who_has_lost_the_right_since_hands_it_to_another(cast: Cast, client: Client, lost: str) -> None:
    made = merger(cast)
    schedule(by=cast.city_clerk, reorganization=made)
    if lost == "role":
        RoleGrant.objects.filter(user=cast.city_clerk).update(valid_to=made.effective_on)
    else:
        User.objects.filter(pk=cast.city_clerk.pk).update(is_active=False)
    before = rows_of_units()
    with on(made.effective_on):
        carry_out_due()
        made.refresh_from_db()
        assert (made.state, made.scheduled_by, made.fingerprint) == ("draft", None, {})
        assert rows_of_units() == before
        assert [entry.verb for entry in timeline_of(made)][-1] == "reorganization.handed_back"
        client.force_login(cast.administrator)
        page = client.get(made.get_absolute_url()).content.decode()
        assert made.failure in page
        assert "cần người khác" in client.get(reverse("organizations:reorganizations")).content.decode()
        schedule(by=cast.administrator, reorganization=made)
        assert (carry_out(made.pk).state, made.failure) == ("done", "")


def test_nobody_schedules_below_what_their_role_reaches(cast: Cast) -> None:
    RoleGrant.objects.filter(user=cast.city_clerk, role="clerk").update(reaches_subtree=False)
    made = merger(cast)
    with pytest.raises(Refused) as refusal:
        schedule(by=cast.city_clerk, reorganization=made)
    assert refusal.value.code == "reach"


def test_what_is_given_up_is_not_carried_out(cast: Cast) -> None:
    made = merger(cast)
    schedule(by=cast.city_clerk, reorganization=made)
    cancel(by=cast.city_clerk, reorganization=made)
    with on(made.effective_on):
        carry_out_due()
    made.refresh_from_db()
    assert made.state == "cancelled"


def test_a_scheduled_draft_is_not_changed(cast: Cast) -> None:
    made = merger(cast)
    schedule(by=cast.city_clerk, reorganization=made)
    for act in (
        lambda: add_step(
            by=cast.city_clerk, reorganization=made, data=StepData("dissolve", unit=cast.economy)
        ),
        lambda: remove_step(by=cast.city_clerk, step=made.steps.order_by("-ordinal")[0]),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "state"


def test_a_step_that_others_build_on_stays(cast: Cast) -> None:
    made = merger(cast)
    first, second = made.steps.order_by("ordinal")
    with pytest.raises(Refused) as refusal:
        remove_step(by=cast.city_clerk, step=first)
    assert refusal.value.code == "built_on"
    remove_step(by=cast.city_clerk, step=second)
    remove_step(by=cast.city_clerk, step=first)
    assert not made.steps.exists()


# --- undoing


def test_undoing_restores_every_row(cast: Cast) -> None:
    before = rows_of_units()
    done = carried_out(merger(cast))
    assert rows_of_units() != before
    with on(in_days(3)):
        undone = undo(by=cast.city_clerk, reorganization=done)
    assert undone.state == "undone"
    assert rows_of_units() == before


def test_what_was_founded_below_a_founded_unit_goes_too(cast: Cast) -> None:
    before = rows_of_units()
    made = draft(cast, founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông"))
    below = StepData(
        "found", target=made.steps.get(), name="Chi bộ mới", short_name="CB mới", unit_kind="cell"
    )
    add_step(by=cast.city_clerk, reorganization=made, data=below)
    done = carried_out(made)
    assert Unit.objects.get(name="Chi bộ mới").parent == Unit.objects.get(name="Đảng ủy phường Vàm Cỏ Đông")
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    assert rows_of_units() == before


def test_undoing_has_its_days(cast: Cast) -> None:
    done = carried_out(merger(cast))
    with on(done.effective_on + dt.timedelta(days=8)), pytest.raises(Refused) as refusal:
        undo(by=cast.city_clerk, reorganization=done)
    assert refusal.value.code == "too_late"


def test_what_depends_on_it_speaks_against_undoing(cast: Cast) -> None:
    done = carried_out(merger(cast))
    new = Unit.objects.get(name="Đảng ủy phường Vàm Cỏ Đông")
    with on(in_days(2)):
        carried_out(draft(cast, StepData("move", unit=cast.cell, target=cast.commune), days=0))
        with pytest.raises(Refused) as refusal:
            undo(by=cast.city_clerk, reorganization=done)
    assert refusal.value.code == "depends"
    assert cast.cell.name in refusal.value.sentence
    new.refresh_from_db()


def test_a_founded_unit_in_use_speaks_against_undoing(cast: Cast) -> None:
    done = carried_out(draft(cast, founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông")))
    new = Unit.objects.get(name="Đảng ủy phường Vàm Cỏ Đông")
    new.terms.create(name="2026-2030", valid_from=in_days(1))
    with on(in_days(2)), pytest.raises(Refused) as refusal:
        undo(by=cast.city_clerk, reorganization=done)
    assert refusal.value.code == "depends"
    assert Unit.objects.filter(pk=new.pk).exists()


def test_nobody_schedules_what_carries_their_own_role_upward(cast: Cast) -> None:
    grant_role(user=cast.city_clerk, unit=cast.economy, role=BuiltIn.LEADER, since=in_days(-9))
    by = User.objects.get(pk=cast.city_clerk.pk)
    step = StepData("dissolve", unit=cast.economy, target=cast.city, roles="same")
    made = draft(cast, step, by=by)
    with pytest.raises(Refused) as refusal:
        schedule(by=by, reorganization=made)
    assert refusal.value.code == "own_role"


def test_roles_end_with_a_unit_that_goes_into_the_one_above(cast: Cast) -> None:
    """Unless the draft says that they go on; then whoever schedules it has to be able to give them there."""
    above = Unit.objects.get(children=cast.economy)
    RoleGrant.objects.create(
        user=cast.member, unit=cast.economy, role_id="leader", valid_from=in_days(-9), reaches_subtree=True
    )
    usual = draft(cast, StepData("dissolve", unit=cast.economy))
    beside = draft(cast, StepData("dissolve", unit=cast.economy, target=cast.ward))
    kept = draft(cast, StepData("dissolve", unit=cast.economy, target=above, roles="same"))
    assert [made.steps.get().roles for made in (usual, beside, kept)] == ["ended", "same", "same"]
    counts = {str(line.label): line.count for line in impacts_of(check(usual), cast.city_clerk)}
    assert counts["Vai trò kết thúc"] >= 1
    assert counts["Vai trò tiếp tục ở đơn vị kế thừa"] == 0
    with pytest.raises(Refused) as refusal:
        schedule(by=cast.city_clerk, reorganization=kept)
    assert refusal.value.code == "raised"
    cancel(by=cast.city_clerk, reorganization=usual)
    cancel(by=cast.city_clerk, reorganization=beside)
    schedule(by=cast.administrator, reorganization=kept)
    with on(kept.effective_on):
        assert carry_out(kept.pk).state == "done"
        assert RoleGrant.objects.valid_on().filter(user=cast.member, unit=above, role="leader").exists()


def test_lent_authority_does_not_rise_with_its_unit(cast: Cast) -> None:
    above = Unit.objects.get(children=cast.economy)
    RoleGrant.objects.filter(unit=cast.economy).delete()
    Delegation.objects.create(
        principal=cast.city_leader,
        delegate=cast.member,
        unit=cast.economy,
        permissions=["task.read"],
        valid_from=in_days(-1),
        valid_to=in_days(9),
        made_by=cast.city_leader,
    )
    made = draft(cast, StepData("dissolve", unit=cast.economy, target=above, roles="same"))
    with pytest.raises(Refused) as refusal:
        schedule(by=cast.city_clerk, reorganization=made)
    assert refusal.value.code == "raised"
