"""One person: what they hold and held, and the acts of whoever looks after people."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.accounts.roles import Permission
from thongsuot.audit.queries import timeline_of
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.refusals import refusal_on
from thongsuot.organizations.forms.people import EndPostForm, MoveForm, PersonForm, PostForm
from thongsuot.organizations.letting_in import may_invite_somebody
from thongsuot.organizations.models import Person, UnitKind
from thongsuot.organizations.permissions_of_rights import can_see_rights
from thongsuot.organizations.queries import people
from thongsuot.organizations.queries.acts import acts_seen_by
from thongsuot.organizations.queries.choices import units_offered, units_to_choose
from thongsuot.organizations.queries.party import leads_to_record
from thongsuot.organizations.services import (
    can_keep,
    correct_person,
    end_position,
    give_position,
    move_member,
)
from thongsuot.organizations.views.who import person_acting


def person_or_404(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(people.people_visible_to(request.user), pk=pk)


def to_keep(request: HttpRequest, pk: int) -> Person:
    """The person of the address for somebody who looks after them; joined entries are kept under the other key."""
    person = person_or_404(request, pk)
    require(person.merged_into_id is None and can_keep(person_acting(request), person))
    return person


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    kept = people.kept_instead_of(pk)
    if kept:  # an old link leads to the entry that was kept
        return redirect(person_or_404(request, kept))
    found = person_or_404(request, pk)
    life = people.life_of(request.user, found)
    keeps = can_keep(person_acting(request), found)
    is_self = found.user_id == request.user.pk
    units = [*(post.unit_id for post in life.posts), *(cell.unit_id for cell in life.cells)]
    units += [row.unit_id for row in life.organisations]
    if units and not is_self:
        note_reading(
            by=person_acting(request),
            what="people.person",
            unit_id=units[0],
            count=1,
            on=found,
            person_id=found.pk,
        )
    context = {
        "person": found,
        "life": life,
        "today": today(),
        "keeps": keeps,
        "sees_party_record": leads_to_record(request.user, found, life.cells),
        "sees_account": keeps and may_invite_somebody(request.user),
        "sees_rights": keeps and found.user_id is not None and can_see_rights(request.user),
        "alike": people.likely_same(request.user, found) if keeps else [],
        "timeline": timeline_of(found, within=acts_seen_by(request.user)) if keeps else [],
    }
    return render(request, "organizations/people/person.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = to_keep(request, pk)
    form = PersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            correct_person(by=person_acting(request), person=found, **form.cleaned_data)
            messages.success(request, _("The entry was corrected."))
            return redirect("people:person", pk)
    return render(
        request, "organizations/people/edit.html", {"person": person_or_404(request, pk), "form": form}
    )


@require_http_methods(["GET", "POST"])
def give_post(request: HttpRequest, pk: int) -> HttpResponse:
    found = to_keep(request, pk)
    right = Permission.PEOPLE_MANAGE
    form = PostForm(request.POST or None, units=units_to_choose(request.user, right))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            give_position(by=person_acting(request), person=found, post=form.post())
            messages.success(request, _("The post was given. It brings no rights: roles are given apart."))
            return redirect("people:person", pk)
    context = {"person": found, "form": form} | offered_near(request, found)
    return render(request, "organizations/people/give_post.html", context)


@require_http_methods(["GET", "POST"])
def end_post(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    found = to_keep(request, pk)
    held = get_object_or_404(people.posts_seen_by(request.user).select_related("unit"), pk=post, person=found)
    form = EndPostForm(request.POST or None, initial={"until": today()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            end_position(by=person_acting(request), position=held, **form.cleaned_data)
            messages.success(request, _("The post ends on that day."))
            return redirect("people:person", pk)
    return render(
        request, "organizations/people/end_post.html", {"person": found, "post": held, "form": form}
    )


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Into another cell, into the first one, or out."""
    found = to_keep(request, pk)
    cells = [UnitKind.CELL]
    form = MoveForm(
        request.POST or None, units=units_to_choose(request.user, Permission.PEOPLE_MANAGE, cells)
    )
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        with refusal_on(form):
            move_member(by=person_acting(request), person=found, cell=entered["unit"], on=entered["on"])
            messages.success(request, _("The membership changes on that day."))
            return redirect("people:person", pk)
    current = found.memberships.valid_on().select_related("unit").first()
    context = {"person": found, "form": form, "current": current} | offered_near(request, found, cells)
    return render(request, "organizations/people/move.html", context)


def offered_near(request: HttpRequest, found: Person, kinds: Sequence[str] = ()) -> dict[str, object]:
    """The units a page shows to choose from: those looked for, else those near the person."""
    text = request.GET.get("q", "").strip()[:200]
    near = next(iter(people.units_of(found)), None)
    offered = units_offered(request.user, Permission.PEOPLE_MANAGE, text=text, near=near, kinds=kinds)
    return {"offered": offered, "text": text, "chosen": number_in(request.POST.get("unit"))}
