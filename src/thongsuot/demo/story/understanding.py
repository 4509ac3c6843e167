"""What members make of the newest paper: a check, a question with its answer, a reflection asked for."""

from __future__ import annotations

import datetime as dt

from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.demo.story.model import Story, slug_of
from thongsuot.dissemination import queries
from thongsuot.dissemination import services as dissemination
from thongsuot.dissemination.models import Receipt, ReflectionKind
from thongsuot.dissemination.reading_page.parts import blocks_of
from thongsuot.dissemination.services import QuestionData
from thongsuot.documents.models import Document

COMMUNE = "Cầu Ván"
# Three questions of the bank; the first answer is the right one.
QUESTIONS = (
    ("Văn bản này yêu cầu ai tổ chức thực hiện?", "Cấp ủy và chi bộ được giao", "Chỉ riêng văn phòng"),
    (
        "Đảng viên được phổ biến văn bản thì cần làm gì?",
        "Nắm nội dung và thực hiện phần việc của mình",
        "Chỉ ký tên",
    ),
    ("Chưa rõ nội dung thì đảng viên nên làm gì?", "Hỏi ngay tại đoạn văn chưa rõ", "Chờ cuộc họp năm sau"),
)


def make_of(story: Story) -> None:
    """The newest document a member of the ward has to hear of, in which one signs in; nothing where there is none."""
    ward = story.place.commune(COMMUNE)
    here = slug_of(ward)
    member = story.place.users.get(f"dangvien11.{here}")
    receipts = Receipt.objects.filter(person__user=member, released_at=None).order_by("-document_id")
    receipt = receipts.select_related("document").first() if member else None
    if member is None or receipt is None:
        return
    document, leader = receipt.document, story.user("bithu", ward)
    with clock.at(clock.moment(story.today, 7, 30)):
        for text, right, wrong in QUESTIONS:
            said = QuestionData(text, [(right, True), (wrong, False)], f"{right}.", None)
            dissemination.write_question(by=leader, document=document, unit=ward, data=said)
        inquiry = dissemination.ask(
            by=member,
            document=document,
            text="Chi bộ khu phố phụ trách phần việc nào?",
            paragraph=_first_demand(document),
        )
        dissemination.answer_inquiry(
            by=leader,
            inquiry=inquiry,
            text="Phần việc giao cho từng chi bộ có trong kế hoạch của Đảng ủy phường.",
        )
        dissemination.ask_for_papers(
            by=leader,
            document=document,
            unit=ward,
            kind=ReflectionKind.COMMITMENT,
            due=story.today + dt.timedelta(days=10),
        )
        for name, other in story.place.users.items():
            if name.startswith("dangvien") and name.endswith(f".{here}") and other != member:
                _take_check(other, document)


def _first_demand(document: Document) -> int:
    """The first numbered paragraph, which is where one asks who has to do it."""
    blocks = blocks_of(document.text)
    return next((block.number for block in blocks if block.text.startswith("1.")), 1)


def _take_check(user: User, document: Document) -> None:
    check = queries.own_check(user, document)
    for step in check.steps if check else ():
        dissemination.answer_question(
            by=user, document=document, question=step.question.pk, chosen=step.question.right_ones
        )
