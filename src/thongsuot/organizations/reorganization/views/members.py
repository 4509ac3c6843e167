"""Who goes where when a cell is split."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.organizations.models import ReorganizationState
from thongsuot.organizations.reorganization.forms import MembersForm
from thongsuot.organizations.reorganization.members import (
    may_choose_members,
    members_of_step,
    send_members,
    splits_a_cell,
)
from thongsuot.organizations.reorganization.views.finding import step_for
from thongsuot.organizations.views.who import person_acting


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """All go to the main part until somebody says otherwise: by ticks, by letters, by a list of codes."""
    by, step = person_acting(request), step_for(request, pk)
    found = step.reorganization
    if not splits_a_cell(step) or found.state != ReorganizationState.DRAFT:
        raise Http404
    require(may_choose_members(by, step))
    people = list(members_of_step(by, step))
    parts = list(step.parts.select_related("unit", "founded_by").order_by("ordinal"))
    form = MembersForm(request.POST or None, people=people, parts=parts)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            send_members(by=by, step=step, people=form.chosen, into=form.part)
            count = len(form.chosen)
            told = ngettext(
                "%(count)s member goes to the part chosen.", "%(count)s members go to the part chosen.", count
            )
            messages.success(request, told % {"count": count})
            return redirect(request.get_full_path())
    page = paginate(request, people)
    note_reading(
        by=by, what="people.members", unit_id=step.unit_id or 0, count=len(page.object_list), on=step.unit
    )
    names = dict(form.fields["into"].choices)  # type: ignore[attr-defined]  # a ChoiceField
    main = next((str(part.pk) for part in parts if part.is_main), "")
    keys = {(part.unit_id, part.founded_by_id): str(part.pk) for part in parts}
    going = {
        row.person_id: keys.get((row.target_unit_id, row.target_step_id), main) for row in step.members.all()
    }
    context = {
        "reorganization": found,
        "step": step,
        "form": form,
        "page": page,
        "rows": [
            (person, names[going.get(person.pk, main)], going.get(person.pk, main) == main) for person in page
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "organizations/reorganization/members.html", context, status=status)
