"""Records of the members of the first cell of a ward, and how two years of theirs were evaluated."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from thongsuot.core import clock
from thongsuot.organizations.models import Evaluation, Grade, Person
from thongsuot.organizations.services import correct_evaluation, enter_evaluation, keep_party_record

if TYPE_CHECKING:
    from thongsuot.demo.story.model import Story

COMMUNE = "Cầu Ván"
YEARS_AS_MEMBER = (31, 24, 18, 12, 6, 1)
GRADES = (Grade.GOOD, Grade.EXCELLENT, Grade.GOOD, Grade.DONE, Grade.GOOD, Grade.GOOD)
NOTES = ("", "Được Đảng ủy tặng Giấy khen.", "", "Vắng nhiều buổi sinh hoạt vì đi làm xa.", "", "")


def evaluate(story: Story) -> None:
    """The ward's secretary keeps the records; a grade that was entered by mistake is corrected the day after."""
    ward = story.place.commune(COMMUNE)
    cell = story.place.cells_of(ward)[0]
    by = story.user("bithu", ward)
    members = Person.objects.filter(memberships__unit=cell).exclude(user=by).order_by("pk")
    year = story.today.year - 1
    rows: list[Evaluation] = []
    with clock.at(clock.moment(dt.date(year, 12, 20), 15)):
        for person, since in zip(members, YEARS_AS_MEMBER, strict=False):
            admitted = dt.date(year - since, 5, 19)
            keep_party_record(
                by=by,
                person=person,
                admitted_on=admitted,
                official_on=admitted.replace(year=admitted.year + 1),
                note="",
            )
    for back in (1, 0):
        with clock.at(clock.moment(dt.date(year - back, 12, 22), 9)):
            for person, grade, note in zip(members, GRADES, NOTES, strict=False):
                made = enter_evaluation(
                    by=by,
                    person=person,
                    year=year - back,
                    grade=grade if back == 0 else Grade.GOOD,
                    note=note if back == 0 else "",
                    decided_on=clock.today(),
                    decided_by=f"Quyết định số {84 - 9 * back}-QĐ/ĐU",
                )
                rows.append(made)
    with clock.at(clock.moment(dt.date(year, 12, 23), 8)):
        wrong = rows[-2]
        correct_evaluation(
            by=by,
            evaluation=wrong,
            grade=Grade.EXCELLENT,
            note="Nhập nhầm mức xếp loại; sửa theo biên bản họp Ban Thường vụ.",
            decided_on=wrong.decided_on,
            decided_by=wrong.decided_by,
        )
