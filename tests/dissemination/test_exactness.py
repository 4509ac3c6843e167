"""Whatever happens in whatever order, the totals are the counts of the rows."""

from __future__ import annotations

import contextlib
import datetime as dt
import random

import pytest

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import NOON, TODAY, make_document, make_session
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.audience.whom import Wanted
from thongsuot.dissemination.jobs import COUNTED, RESPONSES, fold_coverage, rebuild_coverage
from thongsuot.dissemination.models import (
    Attendance,
    CoverageTotal,
    Exemption,
    Posts,
    Receipt,
    ReflectionCall,
    ReflectionKind,
    ResidentCount,
    Session,
)
from thongsuot.dissemination.queries import own_check
from thongsuot.dissemination.services import (
    QuestionData,
    Terms,
    answer_question,
    ask_for_papers,
    confirm_reading,
    correct_residents,
    count_residents,
    end_exemption,
    exempt_member,
    mark_attendance,
    note_on_paper,
    require_dissemination,
    return_paper,
    start_again,
    vouch_reading,
    write_question,
)
from thongsuot.dissemination.services.following import follow_everybody, follow_people
from thongsuot.documents.counting import rebuild, rebuilding, recount, recounting, sum_up
from thongsuot.documents.models import Document
from thongsuot.documents.services import publish_version
from thongsuot.organizations.models import Membership, Person, Unit
from thongsuot.organizations.models.units import segment_of
from thongsuot.organizations.services import enrol_people


class Town:
    """Acts chosen by chance on the small place, each as the person who may do it."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance = cast, random.Random(seed)
        self.documents = [make_document(cast.city_clerk, cast.city, number=n) for n in (12, 13)]
        Document.objects.update(issuing_unit=cast.city)
        self.cells = list(Unit.objects.filter(parent__in=[cast.ward, cast.other_ward, cast.commune]))
        self.sessions: list[Session] = []

    def require(self) -> None:
        units = self.chance.choice([[self.cast.city], [self.cast.ward, self.cast.commune], self.cells[:3]])
        require_dissemination(
            by=self.cast.city_clerk,
            document=self.chance.choice(self.documents),
            unit=self.cast.city,
            units=units,
            due=clock.today() + dt.timedelta(days=self.chance.randint(0, 6)),
            terms=self.chance.choice(
                [None, Terms(wanted=Wanted(posts=Posts.EVERYBODY), key_due=clock.today())]
            ),
        )

    def enrol(self) -> None:
        cell = self.chance.choice(self.cells)
        enrol_people([(f"Đảng viên {self.chance.random()}", cell)], since=dt.date(2020, 1, 1))

    def move(self) -> None:
        row = self.chance.choice(list(Membership.objects.filter(valid_to=None, valid_from__lt=clock.today())))
        Membership.objects.filter(pk=row.pk).update(valid_to=clock.today())
        other = self.chance.choice([cell for cell in self.cells if cell.pk != row.unit_id])
        Membership.objects.create(person_id=row.person_id, unit=other, valid_from=clock.today())

    def call(self) -> None:
        cells = self.chance.sample(self.cells, self.chance.randint(1, 4))
        documents = self.chance.sample(self.documents, self.chance.randint(1, 2))
        day = clock.today() - dt.timedelta(days=self.chance.randint(0, 4))
        self.sessions.append(make_session(self.cast.city_leader, self.cast.city, cells, documents, day=day))

    def mark(self) -> None:
        if not self.sessions:
            return
        session = self.chance.choice(self.sessions)
        place = self.chance.choice(list(session.units.select_related("unit")))
        people = list(
            Attendance.objects.filter(session=session, unit=place.unit).values_list("person_id", flat=True)
        )
        if not people:
            return
        present = set(self.chance.sample(people, self.chance.randint(0, len(people))))
        excused = set(self.chance.sample(people, self.chance.randint(0, len(people)))) - present
        among = set(self.chance.sample(people, len(people) // 2)) if self.chance.random() < 0.3 else None
        mark_attendance(
            by=self.cast.city_clerk,
            session=session,
            unit=place.unit,
            present=present & among if among else present,
            excused=excused & among if among else excused,
            among=among or None,
            reason="Đối chiếu lại danh sách",
        )

    def read(self) -> None:
        receipts = list(
            Receipt.objects.filter(person__user__isnull=False, released_at=None).select_related(
                "person__user", "document"
            )
        )
        if receipts:
            receipt = self.chance.choice(receipts)
            assert receipt.person.user
            confirm_reading(by=receipt.person.user, document=receipt.document)

    def vouch(self) -> None:
        asked = Receipt.objects.filter(unit=self.cast.cell, released_at=None)
        receipts = list(asked.select_related("person", "document"))
        if receipts:
            receipt = self.chance.choice(receipts)
            vouch_reading(
                by=self.cast.cell_head,
                document=receipt.document,
                unit=self.cast.cell,
                person=receipt.person,
                reason="Đã đọc cho nghe",
            )

    def leave(self) -> None:
        lasting = Membership.objects.filter(valid_to=None, valid_from__lt=clock.today())
        row = self.chance.choice(list(lasting.exclude(person__user__isnull=False)))
        Membership.objects.filter(pk=row.pk).update(valid_to=clock.today())
        follow_people(row.person_id)

    def follow(self) -> None:
        follow_everybody()

    def exempt(self) -> None:
        row = self.chance.choice(list(Membership.objects.filter(unit=self.cast.cell, valid_to=None)))
        kept = Exemption.objects.filter(person=row.person_id, ended_at=None).select_related("unit").first()
        if kept:
            end_exemption(by=self.cast.cell_head, exemption=kept)
            return
        document = self.chance.choice([None, *self.documents])
        until = clock.today() + dt.timedelta(days=self.chance.randint(0, 3))
        exempt_member(
            by=self.cast.cell_head,
            unit=self.cast.cell,
            person=row.person,
            document=document,
            kind="away",
            reason="Đi làm xa",
            until=until,
        )

    def residents(self) -> None:
        rows = list(ResidentCount.objects.filter(corrected_at=None, unit=self.cast.cell))
        if rows and self.chance.random() < 0.5:
            key, unit = self.chance.choice(rows).id, self.cast.cell
            number = self.chance.randint(0, 90)
            correct_residents(by=self.cast.city_clerk, unit=unit, key=key, number=number, reason="Nhầm")
            return
        count_residents(
            by=self.cast.city_clerk,
            document=self.documents[0],
            unit=self.cast.cell,
            who="residents",
            channel="loa_truyen_thanh",
            day=clock.today(),
            number=self.chance.randint(1, 90),
            expected=self.chance.choice([None, 90]),
        )

    def check(self) -> None:
        """Somebody takes the check, rightly or not, or once more."""
        receipts = list(
            Receipt.objects.filter(person__user__isnull=False).select_related("person__user", "document")
        )
        if not receipts:
            return
        receipt = self.chance.choice(receipts)
        user, document = receipt.person.user, receipt.document
        assert user
        check = own_check(user, document)
        if check is not None and not check.steps:  # none yet, or written for an earlier text
            for number in range(4):
                said = QuestionData(f"Câu {number}", [("Đúng", True), ("Sai", False)], "Vì vậy.")
                write_question(by=self.cast.city_clerk, document=document, unit=self.cast.city, data=said)
        if check is not None:
            start_again(by=user, document=document)
        found = own_check(user, document)
        for step in found.steps if found else ():
            chosen = {self.chance.choice([0, 0, 1])}
            answer_question(by=user, document=document, question=step.question.pk, chosen=chosen)

    def write(self) -> None:
        """Somebody hands in a paper, or it comes back."""
        receipts = list(Receipt.objects.filter(unit=self.cast.cell).select_related("person", "document"))
        if not receipts:
            return
        receipt, kind = self.chance.choice(receipts), self.chance.choice(list(ReflectionKind))
        document, cell = receipt.document, self.cast.cell
        calls = ReflectionCall._default_manager.filter(document=document, kind=kind)
        due = clock.today() + dt.timedelta(days=1)
        if not calls.exists():
            ask_for_papers(
                by=self.cast.city_leader, document=document, unit=self.cast.city, kind=kind, due=due
            )
        person, head = receipt.person, self.cast.cell_head
        with contextlib.suppress(Refused):
            if self.chance.random() < 0.4:
                return_paper(by=head, document=document, unit=cell, person=person, kind=kind, word="Thiếu")
            else:
                note_on_paper(by=head, document=document, unit=cell, person=person, kind=kind)

    def hang(self) -> None:
        """A cell hangs below another commune from now on, with what was counted in it."""
        cell = self.chance.choice([cell for cell in self.cells if cell.pk != self.cast.cell.pk])
        above = self.chance.choice(self.cast.communes)
        Unit.objects.filter(pk=cell.pk).update(parent=above, path=above.path + segment_of(cell.pk))
        for counter, total in (*COUNTED, *RESPONSES):
            counted = counter._default_manager.filter(unit=cell).values_list("document_id", flat=True)
            sum_up(counter, total, sorted(set(counted)))

    def rebuild(self) -> None:
        rebuild_coverage()
        for counter, total in RESPONSES:
            rebuild(counter, total)

    def recount(self) -> None:
        for counter, total in (*COUNTED, *RESPONSES):
            recount(counter, total)

    def change(self) -> None:
        """A change of substance: whoever has confirmed is taken off the day of it, and asked again."""
        document = Document.objects.get(pk=self.chance.choice(self.documents).pk)
        words = f"Sửa đổi {self.chance.random()}"
        text = f"{document.text}\n{words}."
        publish_version(
            by=self.cast.city_clerk, document=document, text=text, what_changed=words, material=True
        )


@pytest.mark.parametrize("seed", range(6))
def test_totals_are_the_counts_of_the_rows(cast: Cast, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "MOST", 5)
    monkeypatch.setattr(recounting, "MOST", 3)
    town = Town(cast, seed)
    acts = [town.require, town.enrol, town.move, town.call, town.mark, town.mark, town.read, town.vouch]
    acts += [town.leave, town.follow, town.exempt, town.residents]
    acts += [town.check, town.check, town.write, town.hang, town.rebuild, town.recount, town.change]
    moment = NOON
    for _step in range(45):
        moment += dt.timedelta(hours=town.chance.randint(0, 12))
        with clock.at(moment):
            town.chance.choice(acts)()
    with clock.at(moment):
        assert_counts_equal_the_rows()
        assert len(set(Person.objects.values_list("pk", flat=True))) >= 30
        totals = {total.pk: total.reached for total in CoverageTotal.objects.all()}
        rebuild_coverage()
        assert totals == {total.pk: total.reached for total in CoverageTotal.objects.all()}


def test_nothing_changed_nothing_folded(cast: Cast, document: Document) -> None:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=TODAY)
    stamps = list(CoverageTotal.objects.values_list("as_of", flat=True))
    with clock.at(NOON + dt.timedelta(hours=1)):
        fold_coverage()
    assert list(CoverageTotal.objects.values_list("as_of", flat=True)) == stamps
