"""Two officers at once, or one who sends twice: nothing is doubled, and whoever came second is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from tests.cast import Cast
from tests.documents.test_review_race import place, simultaneous
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.privacy.breaches import services
from thongsuot.privacy.breaches.services import Facts
from thongsuot.privacy.models import Breach, BreachStep, RetentionPeriod, StepKind
from thongsuot.privacy.retention.queries import class_named
from thongsuot.privacy.retention.services import change_period

__all__ = ["place"]  # the fixture
MANY = 4
Act = Callable[[], object]


def test_nothing_is_doubled(place: Cast, tmp_path: Path) -> None:
    token, moment = uuid.uuid4(), clock.now()
    readings = class_named("audit.readings")
    assert readings is not None

    def officer() -> User:
        return User.objects.get(pk=place.administrator.pk)  # each with an object of their own

    def note() -> object:
        told = Facts("Mất máy tính", moment, ["names"])
        return services.note_breach(by=officer(), unit=place.ward, facts=told, text="Trên xe", token=token)

    def measure() -> object:
        breach = Breach.objects.select_related("unit").get()
        kind = StepKind.MEASURE
        return services.add_step(by=officer(), breach=breach, kind=kind, text="Đã khoá", token=second)

    def close() -> object:
        breach = Breach.objects.select_related("unit").get()
        return services.close_breach(by=officer(), breach=breach, reason="Xong", token=uuid.uuid4())

    def change() -> object:
        return change_period(by=officer(), data_class=readings, days=365, reason="Quyết định 12", was=730)

    def left() -> object:
        steps = BreachStep.objects.order_by("at", "id")
        return [step.kind for step in steps], RetentionPeriod.objects.count()

    second = uuid.uuid4()
    with simultaneous(tmp_path) as run:
        noted, measured = run([note] * MANY), run([measure] * MANY)
        closed, changed = run([close] * MANY), run([change] * MANY)
        (found,) = run([left])
    assert len({told.pk for told in noted if isinstance(told, Breach)}) == 1
    assert [type(told) for told in noted] == [Breach] * MANY
    assert [type(told) for told in measured] == [BreachStep] * MANY
    assert found == (["noted", "measure", "closed"], 1)
    assert [sum(isinstance(told, Refused) for told in group) for group in (closed, changed)] == [MANY - 1] * 2
