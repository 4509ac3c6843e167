"""The phone before the screen of a session: a code photographed or typed, one button, and the word that one is in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongsuot.accounts.attempts import spend
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.forms.attending import TypedCodeForm
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import Session
from thongsuot.dissemination.queries import attending as queries
from thongsuot.dissemination.queries.attending import Arrival, Standing
from thongsuot.dissemination.services import attending as services
from thongsuot.dissemination.services.attending import too_old, why_not
from thongsuot.dissemination.views._asked import who

COOKIE = "co_mat"
# A code lives for a minute and has six digits: twenty guesses in a quarter of an hour find nothing.
GUESSES = {"attendance_code": "20/15m/key"}


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def attend(request: HttpRequest, token: str) -> HttpResponse:
    """What the code on the screen leads to. Looking writes nothing: it keeps a ticket on the phone, and a tap counts.

    Public, because whoever has still to sign in must not lose the moment in which the code was good.
    """
    photographed = screens.read_picture(token)
    session = _session_of(photographed) if photographed else None
    if photographed is None or session is None:
        return render(request, "dissemination/attend_not.html", {"sentence": _unknown()}, status=404)
    seen = _seen(request, photographed)
    if not request.user.is_authenticated:
        if seen is None:
            return render(request, "dissemination/attend_not.html", {"sentence": too_old()}, status=410)
        return _keep(redirect_to_login(request.get_full_path()), request, seen)
    if request.method == "POST" and seen is not None:
        try:
            services.attend(by=who(request), session=session, seen=seen)
        except Refused as refusal:
            context = {"session": session, "sentence": refusal.sentence}
            status = 410 if refusal.code == "too_old" else 409
            return render(request, "dissemination/attend_not.html", context, status=status)
        return _forget(redirect(request.path))
    return _show(request, session, queries.arrival_of(who(request), session), seen)


def _session_of(photographed: screens.Photographed) -> Session | None:
    """Whoever brings the code of a session may see what it is: they stand before its screen."""
    return Session.objects.select_related("unit").filter(pk=photographed.session_id).first()


def _show(
    request: HttpRequest, session: Session, arrival: Arrival, seen: screens.Seen | None
) -> HttpResponse:
    context = {"session": session, "arrival": arrival}
    if arrival.standing == Standing.THERE:
        return render(request, "dissemination/attend.html", context)
    if seen is None or not seen.is_good_for(session):
        return render(
            request, "dissemination/attend_not.html", {"session": session, "sentence": too_old()}, status=410
        )
    if arrival.standing in (Standing.OPEN, Standing.EARLY):
        return _keep(render(request, "dissemination/attend.html", context), request, seen)
    context["sentence"] = why_not(arrival.standing, session)
    return render(request, "dissemination/attend_not.html", context, status=409)


def _seen(request: HttpRequest, photographed: screens.Photographed) -> screens.Seen | None:
    """The code itself while it is shown, else the ticket that the phone has of this screen."""
    if photographed.is_fresh:
        return photographed.seen()
    ticket = screens.read_ticket(request.COOKIES.get(COOKIE, ""))
    if ticket and ticket.is_at(photographed.session_id, photographed.point_id):
        return ticket
    return None


def _keep(response: HttpResponse, request: HttpRequest, seen: screens.Seen) -> HttpResponse:
    """In a cookie and not in the address, which is easily sent on."""
    response.set_cookie(
        COOKIE,
        screens.ticket_of(seen),
        path=reverse("dissemination:type_code"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path=reverse("dissemination:type_code"))
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def type_code(request: HttpRequest) -> HttpResponse:
    """The digits under the code, typed by whoever cannot photograph it."""
    form = TypedCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tries = spend(request, GUESSES, str(request.user.pk))
        if tries is None:
            form.add_error(
                None, _("Too many codes were tried. Wait a quarter of an hour, or speak to your host.")
            )
            return render(request, "dissemination/type_code.html", {"form": form}, status=429)
        given = form.cleaned_data
        seen = queries.session_typed(who(request), given["code"], given["session"])
        if seen is not None:
            tries.give_back()
            token = screens.picture_of(seen.session_id, seen.point_id)
            return _keep(redirect("dissemination:attend", token=token), request, seen)
        form.add_error("code", _wrong())
    status = 422 if form.errors else 200
    return render(request, "dissemination/type_code.html", {"form": form}, status=status)


def _wrong() -> str:
    return _(
        "No session of yours shows this code now. Type the digits that are on the screen at this moment; whoever is "
        "not on the list also types the number of the session."
    )


def _unknown() -> str:
    return _("This is no code of a session. Photograph the one on the screen once more.")
