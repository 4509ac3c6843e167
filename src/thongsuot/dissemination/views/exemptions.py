"""Who is exempt in a cell: the list, a new exemption, taking one back. By name, so for the cell and its leaders."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.clock import today
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.dissemination import services
from thongsuot.dissemination.forms.audience import ExemptForm
from thongsuot.dissemination.permissions import can_exempt, can_name_members
from thongsuot.dissemination.queries.apart import exemptions_in, members_of
from thongsuot.dissemination.views._asked import number, who
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import units_visible_to


def exemptions(request: HttpRequest, unit: int) -> HttpResponse:
    """Everybody who is or was exempt in the cell."""
    user, cell = who(request), _cell(request, unit)
    require_right(can_name_members(user, cell))
    page = paginate(request, exemptions_in(user, cell))
    note_reading(by=user, what="members.exempt", unit_id=cell.pk, count=len(page.object_list))
    context = {"unit": cell, "page": page, "may_exempt": can_exempt(user, cell), "today": today()}
    return render(request, "dissemination/exemptions.html", context)


def exempt(request: HttpRequest, unit: int) -> HttpResponse:
    """Say that a member is exempt: from the document one comes from, or from all until a day."""
    user, cell = who(request), _cell(request, unit)
    require_right(can_exempt(user, cell))
    key = number(request, "van-ban")
    document = get_object_or_404(Document.objects.visible_to(user), pk=key) if key else None
    people = list(members_of(cell))
    initial = {"person": number(request, "nguoi")}
    form = ExemptForm(
        request.POST if request.method == "POST" else None, people=people, document=document, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusal_on(form):
            services.exempt_member(
                by=user,
                unit=cell,
                person=next(person for person in people if person.pk == said["person"]),
                kind=said["kind"],
                reason=said["reason"],
                document=document if said["scope"] == "one" else None,
                until=said["until"],
            )
            messages.success(request, _("Noted. This member is counted apart from now on."))
            return redirect("dissemination:exemptions", unit=cell.pk)
    context = {"unit": cell, "document": document, "form": form}
    return render(request, "dissemination/exempt.html", context, status=422 if form.errors else 200)


@require_POST
def end_exemption(request: HttpRequest, unit: int, pk: int) -> HttpResponse:
    user, cell = who(request), _cell(request, unit)
    require_right(can_exempt(user, cell))
    exemption = get_object_or_404(exemptions_in(user, cell), pk=pk)
    services.end_exemption(by=user, exemption=exemption)
    messages.success(request, _("Taken back. This member is asked again."))
    return redirect("dissemination:exemptions", unit=cell.pk)


def _cell(request: HttpRequest, unit: int) -> Unit:
    found: Unit = get_object_or_404(units_visible_to(who(request)), pk=unit)
    return found
