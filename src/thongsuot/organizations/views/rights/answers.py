"""Two questions on one page each: who can do this, and what can this person do, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import Permission
from thongsuot.audit.models import Way
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.sheets import csv_lines
from thongsuot.core.ui.words import day
from thongsuot.organizations.models import Unit
from thongsuot.organizations.permissions_of_rights import can_give_roles, can_give_roles_in, can_see_rights
from thongsuot.organizations.queries import rights
from thongsuot.organizations.reach import Grant, reach
from thongsuot.organizations.views.who import person_acting


@require_GET
def who_can(request: HttpRequest) -> HttpResponseBase:
    """Who may do this in this unit, through which role, given where, until when, lent by whom."""
    by = person_acting(request)
    require(can_see_rights(by))
    permission = _permission_in(request)
    unit = _unit_in(request, by)
    holders = rights.holders_in(unit, permission)
    as_file = "csv" in request.GET
    note_reading(
        by=by,
        what="rights.holders",
        unit_id=unit.pk,
        count=len({holder.user.pk for holder in holders} - {by.pk}),
        on=unit,
        way=Way.EXPORT if as_file else Way.PAGE,
    )
    if as_file:
        return _csv("ai-lam-duoc", _HOLDER_HEADER, _holder_rows(holders))
    text = request.GET.get("q", "").strip()[:80]
    context = {
        "unit": unit,
        "permission": permission,
        "sentence": rights.sentence_of(permission) if permission else "",
        "groups": rights.permissions_by_group(),
        "page": paginate(request, holders),
        "text": text,
        "found": rights.units_to_ask_about(by, Permission.RIGHTS_READ, text) if text else [],
        "may_give": can_give_roles_in(by, unit),
    }
    return render(request, "organizations/rights/who.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    return redirect("rights:person", person_acting(request).pk)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What somebody may do, and what gives it."""
    by = person_acting(request)
    account = get_object_or_404(rights.accounts_visible_to(by), pk=pk)
    subjects = rights.what_can(account, by)
    is_me = account.pk == by.pk
    as_file = "csv" in request.GET
    top = rights.top_unit(by, Permission.RIGHTS_READ)
    if not is_me and top:
        way = Way.EXPORT if as_file else Way.PAGE
        note_reading(by=by, what="rights.person", unit_id=top.pk, count=1, on=account, way=way)
    if as_file:
        return _csv("lam-duoc-gi", _ANSWER_HEADER, _answer_rows(subjects))
    context = {
        "account": account,
        "is_me": is_me,
        "subjects": subjects,
        "coming": rights.coming_grants(account, by),
        "may_give": can_give_roles(by),
    }
    return render(request, "organizations/rights/person.html", context)


def _permission_in(request: HttpRequest) -> Permission | None:
    try:
        return Permission(request.GET.get("quyen", ""))
    except ValueError:
        return None


def _unit_in(request: HttpRequest, by: User) -> Unit:
    key = number_in(request.GET.get("noi"))
    if key:
        return get_object_or_404(Unit.objects.filter(reach(by, Permission.RIGHTS_READ, field="")), pk=key)
    unit = rights.top_unit(by, Permission.RIGHTS_READ)
    if unit is None:
        raise Http404
    return unit


_HOLDER_HEADER = ("Họ và tên", "Vai trò", "Giao tại", "Cả cấp dưới", "Đến hết ngày", "Thay mặt")
_ANSWER_HEADER = ("Nội dung", "Được làm gì", "Nhờ vai trò", "Tại", "Cả cấp dưới", "Đến hết ngày", "Thay mặt")


def _holder_rows(holders: Iterable[rights.Holder]) -> Iterator[list[str]]:
    for holder in holders:
        yield [str(holder.user), *_source(holder)]


def _answer_rows(subjects: Iterable[rights.Subject]) -> Iterator[list[str]]:
    for subject in subjects:
        for answer in subject.answers:
            for grant in answer.grants:
                yield [subject.label, answer.sentence, *_source(grant)]


def _source(given: rights.Holder | Grant) -> list[str]:
    return [
        given.role_name,
        given.unit.name,
        _("yes") if given.reaches_subtree else _("no"),
        day(given.last_day),
        str(given.lent_by or ""),
    ]


def _csv(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponseBase:
    answer = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
