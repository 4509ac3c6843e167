"""Requests about one's own data: the clock, who answers, each step, and what granting one does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import BuiltIn
from thongsuot.audit.append_only import AppendOnlyError
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import Membership, Person, RoleGrant
from thongsuot.organizations.queries.people import PeopleFilter, life_of, people_in
from thongsuot.organizations.services import grant_role
from thongsuot.privacy.models import DataRequest, Kind, RequestState, RequestStep
from thongsuot.privacy.services.requests import ask, lift_restriction, prolong, refuse, uphold, withdraw


def again(user: User) -> User:
    """As the next request knows this account."""
    return User.objects.get(pk=user.pk)


def asked(cast: Cast, kind: Kind = Kind.OBJECTION, who: User | None = None, **more: Any) -> DataRequest:
    user = again(who or cast.member)
    return ask(by=user, person=cast.person(user), kind=kind, words="Tôi đề nghị", **more)


def test_asking_starts_the_clock_and_each_step_is_an_act(cast: Cast, settings: Any) -> None:
    settings.PRIVACY_ANSWER_DAYS = settings.PRIVACY_ANSWER_DAYS | {"objection": 9}
    request = asked(cast)
    assert request.unit == cast.cell
    assert request.answer_by == clock.today() + dt.timedelta(days=9)
    prolong(by=again(cast.administrator), request=request, reason="Còn xác minh")
    request.refresh_from_db()
    assert request.answer_by == clock.today() + dt.timedelta(days=18)
    with pytest.raises(Refused, match="một lần"):
        prolong(by=again(cast.administrator), request=request, reason="Nữa")
    refuse(by=again(cast.administrator), request=request, reason="Luật yêu cầu lưu sổ")
    verbs = ["asked", "prolonged", "refused"]
    assert list(request.steps.order_by("at").values_list("verb", flat=True)) == verbs
    acts = Act.objects.filter(object_type="privacy.datarequest", object_id=str(request.pk)).order_by("at")
    assert [act.verb for act in acts] == [f"privacy.request_{verb}" for verb in verbs]
    assert not any("Luật" in f"{act.reason}{act.detail}" for act in acts), "the record holds keys only"
    with pytest.raises(AppendOnlyError):
        RequestStep.objects.filter(request=request).update(words="khác")


def test_who_may_not_ask_or_answer(cast: Cast) -> None:
    request = asked(cast)
    with pytest.raises(Refused) as twice:
        asked(cast)
    assert twice.value.code == "again"
    with pytest.raises(PermissionDenied):
        ask(by=again(cast.ward_leader), person=cast.person(cast.member), kind=Kind.ERASURE, words="x")
    for stranger in (cast.ward_leader, cast.other_ward_clerk):
        with pytest.raises(PermissionDenied):
            refuse(by=again(stranger), request=request, reason="x")
    with pytest.raises(Refused, match="lý do"):
        refuse(by=again(cast.administrator), request=request, reason="  ")
    own = asked(cast, who=cast.administrator)
    for answer in (uphold, refuse, prolong):
        with pytest.raises((Refused, PermissionDenied)):
            answer(by=again(cast.administrator), request=own, reason="của tôi")
    with pytest.raises(PermissionDenied):
        withdraw(by=again(cast.administrator), request=request)
    withdraw(by=again(cast.member), request=request)
    with pytest.raises(Refused) as late:
        refuse(by=again(cast.administrator), request=request, reason="muộn")
    assert late.value.code == "answered"
    asked(cast)  # taken back, it may be asked again


def test_a_correction_goes_through_the_service_of_those_who_keep_people(cast: Cast) -> None:
    me = cast.person(cast.member)
    proposed = {"name": "Nguyễn Thị Sửa Đúng", "email": me.email, "phone": "0900 123"}
    request = asked(cast, Kind.CORRECTION, proposed=proposed)
    assert request.proposed == {"name": "Nguyễn Thị Sửa Đúng", "phone": "0900 123"}
    uphold(by=again(cast.administrator), request=request)
    me.refresh_from_db()
    assert (me.name, me.phone, me.search_text) == ("Nguyễn Thị Sửa Đúng", "0900 123", "nguyen thi sua dung")
    assert Act.objects.filter(verb="person.corrected", object_id=str(me.pk)).exists()


def test_a_restricted_person_is_left_out_of_lists_beyond_need(cast: Cast, client: Client) -> None:
    me = cast.person(cast.member)
    Person.objects.filter(pk=me.pk).update(phone="0900 777")
    request = asked(cast, Kind.RESTRICTION)
    uphold(by=again(cast.administrator), request=request)

    def listed(user: User) -> bool:
        return me in list(people_in(again(user), PeopleFilter(unit=cast.cell))[:50])

    assert not listed(cast.cell_head)
    assert listed(cast.administrator)
    me.refresh_from_db()
    assert not life_of(again(cast.cell_head), me).knows, "contacts are not shown"
    assert life_of(again(cast.member), me).knows
    client.force_login(cast.cell_head)
    page = client.get(me.get_absolute_url()).content.decode()
    assert "0900 777" not in page
    assert "không quá mức cần thiết" in page
    assert me.get_absolute_url() not in client.get(reverse("home:search"), {"q": me.name}).content.decode()
    lift_restriction(by=again(cast.administrator), request=request, reason="Đã xác minh xong")
    assert listed(cast.cell_head)


def test_the_pages_tell_person_and_officer_the_same_in_as_many_queries(cast: Cast, client: Client) -> None:
    client.force_login(cast.member)
    form = {
        "kind": "objection",
        "words": "Không đồng ý dùng số điện thoại",
        "name": "",
        "email": "",
        "phone": "",
    }
    assert client.post(reverse("privacy:my_requests"), form).status_code == 302
    again_page = client.post(reverse("privacy:my_requests"), form)
    assert again_page.status_code == 422
    assert "chờ trả lời" in again_page.content.decode()
    assert DataRequest.objects.count() == 1
    request = DataRequest.objects.get()
    assert "UNDEFINED" not in client.get(request.get_absolute_url()).content.decode()

    officer = Client()
    officer.force_login(cast.administrator)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert officer.get(reverse("privacy:requests")).status_code == 200
        return len(seen)

    few = cost()
    for member in Membership.objects.valid_on().filter(unit__parent=cast.other_ward).select_related("person"):
        who = {"person": member.person, "unit": member.unit, "asked_by": cast.administrator}
        DataRequest.objects.create(kind=Kind.ERASURE, answer_by=clock.today(), **who)
    assert DataRequest.objects.count() > 5
    assert cost() == few
    with clock.at(clock.now() + dt.timedelta(days=40)):
        assert "quá hạn" in officer.get(reverse("privacy:start")).content.decode()
        late = officer.get(reverse("privacy:requests"), {"xem": "tre"})
    assert len(late.context["page"].object_list) == DataRequest.objects.count()
    told = officer.get(request.get_absolute_url()).content.decode()
    assert "Không đồng ý dùng số điện thoại" in told
    found = officer.get(reverse("privacy:whose"), {"q": cast.person(cast.other_member).name})
    assert cast.person(cast.other_member) in [line.person for line in found.context["lines"]]
    paper = reverse("privacy:ask_for", args=[cast.person(cast.second_member).pk])
    assert officer.post(paper, {"kind": "restriction", "words": " "}).status_code == 422
    entered = officer.post(paper, {"kind": "restriction", "words": "Đề nghị bằng giấy"})
    assert entered.status_code == 302
    assert DataRequest.objects.get(kind=Kind.RESTRICTION).asked_by == cast.administrator
    refused = officer.post(reverse("privacy:answer", args=[request.pk]), {"viec": "refuse", "words": ""})
    assert "Nêu lý do" in refused.content.decode()
    for viec in ({}, {"viec": "khac"}):
        unknown = officer.post(reverse("privacy:answer", args=[request.pk]), {"words": "Không rõ"} | viec)
        assert unknown.status_code == 404
    assert DataRequest.objects.get(pk=request.pk).is_open, "no answer is guessed"
    done = {"viec": "refuse", "words": "Cần để mời họp"}
    assert officer.post(reverse("privacy:answer", args=[request.pk]), done).status_code == 302
    assert "Cần để mời họp" in client.get(request.get_absolute_url()).content.decode()


def test_an_officer_of_a_ward_answers_for_the_ward_alone(cast: Cast) -> None:
    grant_role(user=cast.ward_officer, unit=cast.ward, role=BuiltIn.ADMINISTRATOR, since=clock.today())
    officer = again(cast.ward_officer)
    theirs, others = asked(cast), asked(cast, who=cast.other_member)
    assert list(DataRequest.objects.to_answer(officer)) == [theirs]
    with pytest.raises(PermissionDenied):
        refuse(by=officer, request=others, reason="x")
    beyond = asked(cast, Kind.ERASURE)
    RoleGrant.objects.create(
        user=cast.member, unit=cast.city, role_id=BuiltIn.OFFICER, valid_from=clock.today()
    )
    with pytest.raises(PermissionDenied):
        uphold(by=again(cast.ward_officer), request=beyond)
    assert DataRequest.objects.get(pk=beyond.pk).state == RequestState.OPEN
