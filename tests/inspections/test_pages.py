"""The pages of inspections: whole, honest to the role, and as cheap for many rows as for few."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.inspections.story import concluded, drafted, in_days, noted, opened, required, sent_directive
from tests.pages import assert_whole
from thongsuot.core import clock
from thongsuot.documents.models import Document
from thongsuot.inspections import services
from thongsuot.inspections.models import Inspection, SelfReport
from thongsuot.tasks.services import report_progress


def page(client: Client, user: Any, name: str, *args: object, **query: Any) -> str:
    client.force_login(user)
    return assert_whole(client.get(reverse(f"inspections:{name}", args=args), query))


def post(client: Client, user: Any, name: str, *args: object, **data: object) -> Any:
    client.force_login(user)
    return client.post(reverse(f"inspections:{name}", args=args), data)


def word(text: str = "Báo cáo đã sửa") -> bytes:
    file, out = docx.Document(), io.BytesIO()
    file.add_paragraph(text)
    file.save(out)
    return out.getvalue()


def test_an_empty_list_says_what_will_be_here(client: Client, cast: Cast) -> None:
    assert reverse("inspections:open") in page(client, cast.city_inspector, "list")
    assert reverse("inspections:open") not in page(client, cast.ward_leader, "list")


def test_the_list_counts_requirements_open_and_overdue(client: Client, cast: Cast) -> None:
    made = concluded(cast)
    with clock.at(clock.moment(in_days(20))):
        html = page(client, cast.ward_leader, "list")
    assert made.title in html
    assert "1/1" in html
    assert "1 quá hạn" in html
    assert "01-TB/ThU" in html


def test_the_tabs_and_the_search_narrow_the_list(client: Client, cast: Cast) -> None:
    first = concluded(cast)
    second = opened(cast, first.subjects.get().document, inspected=cast.other_ward)
    shown = {
        "": {first, second},
        "?trang-thai=open": {second},
        "?trang-thai=concluded": {first},
        "?trang-thai=closed": set(),
        "?trang-thai=khac": {first, second},
        "?q=go+buoi": {second},
        "?q=xyz": set(),
    }
    client.force_login(cast.city_inspector)
    for query, expected in shown.items():
        html = assert_whole(client.get(reverse("inspections:list") + query))
        assert {row for row in (first, second) if row.title in html} == expected, query


def test_a_fragment_is_the_rows_alone(client: Client, cast: Cast) -> None:
    made = opened(cast)
    client.force_login(cast.city_inspector)
    answer = client.get(reverse("inspections:list"), headers={"HX-Request": "true"}).content.decode()
    assert made.title in answer
    assert "<html" not in answer


def test_the_list_costs_the_same_for_two_rows_and_for_twenty(client: Client, cast: Cast) -> None:
    document = sent_directive(cast)

    def cost() -> int:
        client.force_login(cast.city_inspector)
        with CaptureQueriesContext(connection) as queries:
            assert_whole(client.get(reverse("inspections:list")))
        return len(queries)

    for _ in range(2):
        opened(cast, document)
    few = cost()
    for _ in range(18):
        opened(cast, document)
    assert cost() == few <= 12


def test_the_page_costs_the_same_for_two_findings_and_for_twenty(client: Client, cast: Cast) -> None:
    made = opened(cast)

    def more(number: int) -> None:
        for _ in range(number):
            noted(cast, made, "cause", about=required(cast, made).finding)
            drafted(cast, made)

    def cost() -> int:
        client.force_login(cast.city_inspector)
        with CaptureQueriesContext(connection) as queries:
            assert_whole(client.get(made.get_absolute_url()))
        return len(queries)

    more(2)
    few = cost()
    more(8)
    assert cost() == few


def test_opening_offers_what_the_unit_was_sent(client: Client, cast: Cast) -> None:
    document = sent_directive(cast)
    html = page(client, cast.city_inspector, "open")
    assert document.subject not in html
    html = page(client, cast.city_inspector, "open", **{"don-vi": cast.ward.pk})
    assert document.subject in html
    assert cast.cell.name not in html


def _opening(cast: Cast, document: Document, **changes: Any) -> dict[str, Any]:
    data = {
        "documents": [document.pk],
        "period_from": in_days(-30).isoformat(),
        "period_to": clock.today().isoformat(),
        "report_due": in_days(5).isoformat(),
        "head": cast.person(cast.city_inspector).pk,
        "title": "",
    }
    return data | changes


def test_an_inspection_is_opened_from_the_form(client: Client, cast: Cast) -> None:
    document = sent_directive(cast)
    client.force_login(cast.city_inspector)
    address = f"{reverse('inspections:open')}?don-vi={cast.ward.pk}"
    answer = client.post(address, _opening(cast, document))
    made = Inspection.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == made.get_absolute_url()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("documents", [], "Chọn ít nhất một văn bản."),
        ("period_to", dt.date(2020, 1, 1).isoformat(), "Thời gian kết thúc trước khi bắt đầu."),
        ("report_due", dt.date(2020, 1, 1).isoformat(), "Hạn nộp báo cáo tự kiểm tra đã qua"),
    ],
)
def test_a_mistake_keeps_what_was_entered(
    client: Client, cast: Cast, field: str, value: Any, sentence: str
) -> None:
    document = sent_directive(cast)
    client.force_login(cast.city_inspector)
    address = f"{reverse('inspections:open')}?don-vi={cast.ward.pk}"
    html = assert_whole(
        client.post(address, _opening(cast, document, title="Kiểm tra đột xuất") | {field: value})
    )
    assert sentence in html
    assert "Kiểm tra đột xuất" in html
    assert not Inspection.objects.exists()


def test_the_inspected_side_sees_findings_with_the_conclusion_only(client: Client, cast: Cast) -> None:
    made = opened(cast)
    finding = noted(cast, made, text="Phân công còn chung chung")
    for user in (cast.ward_leader, cast.ward_clerk, cast.ward_officer):
        assert finding.text not in page(client, user, "inspection", made.pk)
    for user in (cast.city_inspector, cast.city_leader, cast.city_clerk):
        assert finding.text in page(client, user, "inspection", made.pk)
    services.conclude(by=cast.city_inspector, inspection=made)
    assert finding.text in page(client, cast.ward_leader, "inspection", made.pk)


def test_only_who_may_act_is_offered_the_act(client: Client, cast: Cast) -> None:
    made = opened(cast)
    noted(cast, made)
    acts = {name: reverse(f"inspections:{name}", args=[made.pk]) for name in ("conclude", "hand_in", "draft")}
    offered = {
        part: {name for name, address in acts.items() if address in page(client, user, "inspection", made.pk)}
        for part, user in cast.everybody.items()
        if part in ("city_inspector", "city_leader", "ward_leader", "ward_clerk")
    }
    assert offered == {
        "city_inspector": {"conclude", "draft"},
        "city_leader": set(),
        "ward_leader": {"hand_in", "draft"},
        "ward_clerk": set(),
    }


def test_the_preview_is_the_notice(client: Client, cast: Cast) -> None:
    made = opened(cast)
    required(cast, made)
    html = page(client, cast.city_inspector, "inspection", made.pk)
    preview = re.findall(r'<p class="t">(.*?)</p>', html)
    notice = services.conclude(by=cast.city_inspector, inspection=made)
    assert len(preview) > 3
    for paragraph in preview:
        assert paragraph in notice.text


def test_a_finding_is_added_from_its_group(client: Client, cast: Cast) -> None:
    made = opened(cast)
    answer = post(client, cast.city_inspector, "add_finding", made.pk, kind="shortcoming", text="Dọn chậm")
    assert answer.status_code == 302
    shortcoming = made.findings.get()
    post(
        client,
        cast.city_inspector,
        "add_finding",
        made.pk,
        kind="cause",
        text="Thiếu người",
        about=shortcoming.pk,
    )
    assert shortcoming.causes.get().text == "Thiếu người"


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("add_finding", {"kind": "shortcoming", "text": " "}, "Viết nội dung nhận xét."),
        ("add_finding", {"kind": "cause", "text": "Do thiếu người", "about": "999"}, "Do thiếu người"),
        ("add_requirement", {"text": "Dọn xong rạch", "due": "2020-01-01", "finding": ""}, "Dọn xong rạch"),
    ],
)
def test_a_form_with_a_mistake_comes_back_with_what_was_typed(
    client: Client, cast: Cast, name: str, data: dict[str, Any], kept: str
) -> None:
    made = opened(cast)
    finding = noted(cast, made)
    if "finding" in data:
        data = data | {"finding": finding.pk}
    answer = post(client, cast.city_inspector, name, made.pk, **data)
    assert kept in assert_whole(answer, 422)
    assert made.findings.count() == 1
    assert not made.requirements.exists()


def test_the_report_is_drafted_downloaded_and_handed_in(client: Client, cast: Cast) -> None:
    made = opened(cast)
    assert post(client, cast.ward_leader, "draft", made.pk).status_code == 302
    report = made.self_reports.get()
    address = reverse("inspections:report_file", args=[report.pk])
    assert address in page(client, cast.ward_leader, "inspection", made.pk)
    answer: Any = client.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert docx.Document(io.BytesIO(b"".join(answer.streaming_content))).paragraphs
    edited = SimpleUploadedFile("Báo cáo.docx", word())
    assert post(client, cast.ward_leader, "hand_in", made.pk, file=edited).status_code == 302
    html = page(client, cast.ward_leader, "inspection", made.pk)
    assert reverse("inspections:hand_in", args=[made.pk]) not in html
    assert made.self_reports.get(handed_in_at__isnull=False).pk != report.pk


def test_a_refused_report_says_why(client: Client, cast: Cast) -> None:
    made = opened(cast)
    wrong = SimpleUploadedFile("Báo cáo.pdf", b"%PDF-1.7")
    answer = post(client, cast.ward_leader, "hand_in", made.pk, file=wrong)
    assert "(.docx)" in assert_whole(answer, 422)
    answer = post(client, cast.ward_leader, "hand_in", made.pk)
    assert "lập dự thảo" in assert_whole(answer, 422)


def test_a_draft_being_written_shows_how_far_it_is(client: Client, cast: Cast) -> None:
    made = opened(cast)
    report = SelfReport.objects.create(inspection=made, drafted_by=cast.ward_leader, steps_done=1)
    address = reverse("inspections:report_progress", args=[report.pk])
    html = page(client, cast.ward_leader, "inspection", made.pk)
    assert f'hx-get="{address}"' in html
    assert 'value="1" max="2"' in html
    assert reverse("inspections:draft", args=[made.pk]) not in html
    answer = client.get(address, headers={"HX-Request": "true"})
    assert "HX-Refresh" not in answer.headers
    services.write_draft(report.pk)
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    file: Any = client.get(reverse("inspections:report_file", args=[report.pk]))
    assert b"".join(file.streaming_content).startswith(b"PK")


def test_a_draft_that_never_came_can_be_asked_for_again(client: Client, cast: Cast) -> None:
    made = opened(cast)
    SelfReport.objects.create(inspection=made, drafted_by=cast.ward_leader)
    with clock.at(clock.now() + dt.timedelta(minutes=11)):
        html = page(client, cast.ward_leader, "inspection", made.pk)
    assert "chưa lập xong được" in html
    assert reverse("inspections:draft", args=[made.pk]) in html


def test_the_inspector_closes_or_returns_what_was_handed_in(client: Client, cast: Cast) -> None:
    made = concluded(cast)
    requirement = made.requirements.get()
    close = reverse("inspections:close_requirement", args=[requirement.pk])
    assert close not in page(client, cast.city_inspector, "inspection", made.pk)
    assert requirement.task is not None
    report_progress(by=cast.ward_leader, task=requirement.task, note="Đã dọn xong", hand_in=True)
    assert close in page(client, cast.city_inspector, "inspection", made.pk)
    assert close not in page(client, cast.ward_leader, "inspection", made.pk)
    answer = post(client, cast.city_inspector, "return_requirement", requirement.pk, reason=" ")
    assert "Nêu nội dung còn thiếu" in assert_whole(answer)
    assert post(client, cast.city_inspector, "close_requirement", requirement.pk).status_code == 302
    html = page(client, cast.city_inspector, "inspection", made.pk)
    assert reverse("inspections:close", args=[made.pk]) in html
    assert post(client, cast.city_inspector, "close", made.pk).status_code == 302
    assert "đã đóng" in page(client, cast.ward_leader, "list")


def test_a_refused_act_is_told_on_the_page(client: Client, cast: Cast) -> None:
    made = opened(cast)
    client.force_login(cast.city_inspector)
    answer = client.post(reverse("inspections:conclude", args=[made.pk]), follow=True)
    assert "Ghi ít nhất một nhận xét" in assert_whole(answer)


def test_hostile_text_is_only_text(client: Client, cast: Cast) -> None:
    made = opened(cast)
    noted(cast, made, text="<script>alert(1)</script>\x0b Dọn chậm")
    html = page(client, cast.city_inspector, "inspection", made.pk)
    assert "<script>alert" not in html
    notice = services.conclude(by=cast.city_inspector, inspection=made)
    assert "<script>alert(1)</script>" in notice.text


def test_a_document_shows_the_inspections_it_is_looked_at_in(client: Client, cast: Cast) -> None:
    made = opened(cast)
    document = made.subjects.get().document
    for user, sees in ((cast.city_leader, True), (cast.ward_leader, True), (cast.other_ward_leader, False)):
        client.force_login(user)
        html = client.get(document.get_absolute_url()).content.decode()
        assert (made.get_absolute_url() in html) == sees
