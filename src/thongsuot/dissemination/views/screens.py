"""The screen before which people note themselves, and what its keeper steers."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongsuot.core import clock
from thongsuot.core.access import require as require_right
from thongsuot.core.pages import page_or_fragment, paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.dissemination.forms.attending import PointForm
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import BridgePoint, Form, Session, SessionState
from thongsuot.dissemination.permissions import can_call, can_show_screen
from thongsuot.dissemination.queries import attending as queries
from thongsuot.dissemination.queries.sessions import targets_of
from thongsuot.dissemination.services.attending import close_attendance, welcome_guests
from thongsuot.dissemination.services.bridging import add_points, remove_point
from thongsuot.dissemination.views._asked import who
from thongsuot.dissemination.views.sessions import visible


@never_cache
@require_GET
def screen(request: HttpRequest, pk: int, point: int | None = None) -> HttpResponse:
    """For the projector: the code of this half minute, and how many are in. No name is on it."""
    shown, at = session_or_point(request, pk, point)
    key = at.pk if at else screens.MAIN_ROOM
    token = screens.picture_of(shown.pk, key)
    typed = screens.typed_of(shown.pk, key)
    now = clock.now()
    context = {
        "session": shown,
        "point": at,
        "picture": _picture(_origin(request) + reverse("dissemination:attend", args=[token])),
        "address": _origin(request).partition("://")[2] + reverse("short:attend"),
        "groups": [*([str(at.number)] if at else []), typed[:3], typed[3:]],
        "counts": queries.how_many(shown, at),
        "is_open": _is_shown(shown),
        "is_cancelled": shown.state == SessionState.CANCELLED,
        "is_coming": clock.day_of(shown.starts_at) > clock.today(),
        "is_early": now < shown.opens_at,
        "wait": settings.SCREEN_SECONDS // 2,
    }
    return page_or_fragment(request, "dissemination/screen.html", "_screen", context)


def _is_shown(session: Session) -> bool:
    """From the morning of its day until nobody can note themselves any more."""
    return (
        session.state != SessionState.CANCELLED
        and session.closed_at is None
        and clock.day_of(session.starts_at) <= clock.today()
        and clock.now() <= session.closes_at
    )


def session_or_point(request: HttpRequest, pk: int, point: int | None) -> tuple[Session, BridgePoint | None]:
    """A head on the spot shows the screen of the point, without any role at the session."""
    user = who(request)
    if point is None:
        shown = visible(request, pk)
        require_right(can_show_screen(user, shown))
        return shown, None
    found = get_object_or_404(
        BridgePoint.objects.select_related("session__unit", "session__makes_up", "unit"), pk=point, session=pk
    )
    if not can_show_screen(user, found.session):
        led = queries.points_led(user, found.session).filter(pk=point)
        found = get_object_or_404(led.select_related("session__unit", "session__makes_up", "unit"))
    return found.session, found


def _origin(request: HttpRequest) -> str:
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def _picture(link: str) -> SafeString:
    drawn = segno.make_qr(link, error="m").svg_inline(
        scale=1, border=3, svgclass="qr", lineclass="", omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by the library from a link of ours: figures and strokes only


@require_POST
def steer(request: HttpRequest, pk: int) -> HttpResponse:
    """Close attendance by code, open it again; let guests note themselves, or not."""
    shown, user = visible(request, pk), who(request)
    require_right(can_show_screen(user, shown))
    act = request.POST.get("act")
    if act in ("close", "open"):
        close_attendance(by=user, session=shown, closed=act == "close")
    elif act in ("guests", "no-guests"):
        welcome_guests(by=user, session=shown, welcome=act == "guests")
    return redirect(shown)


def points(request: HttpRequest, pk: int) -> HttpResponse:
    """The bridge points of an online conference, with how many are at each."""
    shown, user = visible(request, pk), who(request)
    may_call = can_call(user, shown.unit)
    all_of_it = can_show_screen(user, shown)
    found = queries.points_of(shown) if all_of_it else queries.points_led(user, shown)
    require_right(all_of_it or found.exists())
    may_add = may_call and shown.form == Form.ONLINE and shown.state != SessionState.CANCELLED
    targets = list(targets_of(shown.unit)) if may_add else []
    form = PointForm(request.POST or None, units=targets) if may_add else None
    if request.method == "POST":
        require_right(form is not None)
        assert form is not None  # noqa: S101  # said by the line above, for the type checker
        if form.is_valid():
            with refusal_on(form):
                hosts = [unit for unit in targets if unit.pk in form.cleaned_data["units"]]
                add_points(by=user, session=shown, units=hosts, place=form.cleaned_data["place"])
                messages.success(request, _("The bridge points are added."))
                return redirect("dissemination:points", pk=shown.pk)
    context = {
        "session": shown,
        "page": paginate(request, found),
        "form": form,
        "may_call": may_call,
        "counts": queries.how_many(shown),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "dissemination/points.html", context, status=status)


@require_POST
def drop_point(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    shown = visible(request, pk)
    require_right(can_call(who(request), shown.unit))
    found = get_object_or_404(
        BridgePoint.objects.select_related("session__unit", "unit"), pk=point, session=pk
    )
    remove_point(by=who(request), point=found)
    messages.success(request, _("The bridge point is taken out."))
    return redirect("dissemination:points", pk=shown.pk)


@require_GET
def short(request: HttpRequest) -> HttpResponse:
    """An address that is quickly typed from a screen."""
    return redirect("dissemination:type_code")
