"""Schedule, take back, give up, carry out now, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import (
    Reorganization,
    ReorganizationState,
)
from thongsuot.organizations.reorganization import drafting
from thongsuot.organizations.reorganization.carrying_out import carry_out
from thongsuot.organizations.reorganization.undoing import undo
from thongsuot.organizations.reorganization.views.finding import found_for
from thongsuot.organizations.views.who import person_acting

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Schedule, take back, give up, carry out now, undo: what it says in the address."""
    found = found_for(request, pk)
    if act not in _ACTS:
        raise Http404
    function, said = _ACTS[act]
    try:
        function(person_acting(request), found)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, str(said))
    return redirect(found)


def _carry_out_now(by: User, found: Reorganization) -> None:
    done = carry_out(found.pk, by=by)
    if done.state != ReorganizationState.DONE:
        raise Refused(done.failure or str(_("Its day has not come yet.")), "failed")


_ACTS: dict[str, tuple[Callable[[Any, Reorganization], object], str | Promise]] = {
    "len-lich": (
        lambda by, found: drafting.schedule(by=by, reorganization=found),
        _("It is scheduled and will be carried out at midnight of its day."),
    ),
    "ve-nhap": (
        lambda by, found: drafting.take_back(by=by, reorganization=found),
        _("It is in preparation again."),
    ),
    "huy": (lambda by, found: drafting.cancel(by=by, reorganization=found), _("It is given up.")),
    "thuc-hien": (_carry_out_now, _("It has been carried out.")),
    "hoan-tac": (
        lambda by, found: undo(by=by, reorganization=found),
        _("It is undone; everything is as it was."),
    ),
}
