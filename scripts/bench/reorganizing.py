"""Merging 130 communes into 65 with 50,000 open tasks, in one transaction, while somebody else reads.

A province of some 12,000 units; each pair of communes has many demands in common, so that half of the tasks meet a
task of the same demand in the successor. Another process reads the task list of a unit all the time; its answers
before and during are compared.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from django.db import connection

from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.documents.models import Document, Provision
from thongsuot.organizations.models import (
    Reorganization,
    ReorganizationStep,
    RoleGrant,
    StepKind,
    StepPart,
    Unit,
    UnitKind,
    UnitVersion,
)
from thongsuot.organizations.reorganization import (
    Decision,
    StepData,
    add_step,
    carry_out,
    check,
    schedule,
    start_draft,
    undo,
)
from thongsuot.organizations.services import found_units
from thongsuot.tasks.models import Task, TaskHandover
from thongsuot.tasks.states import OPEN

from .table import Line, show

Answer = TypeVar("Answer")
COMMUNES, CELLS, TASKS = 130, 90, 50_000
SINCE = dt.date(2025, 7, 1)
MOST_SECONDS = 60
READER = """
import json, sys, threading, time
import django
django.setup()
from thongsuot.accounts.models import User
from thongsuot.tasks.models import Task
user = User.objects.get(pk=int(sys.argv[1]))
stopped = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
taken = []
print("reading", flush=True)
while not stopped.is_set():
    begin = time.perf_counter()
    list(Task.objects.visible_to(user).select_related("unit").order_by("due", "id")[:50])
    taken.append(time.perf_counter() - begin)
print(json.dumps(taken))
"""


@dataclass
class Reading:
    """The seconds each reading of another process took."""

    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.seconds:
            return "–"
        return (
            f"{len(self.seconds)} reads, median {statistics.median(self.seconds) * 1000:.0f} ms, "
            f"longest {max(self.seconds) * 1000:.0f} ms"
        )


def run() -> None:
    """Print what it takes to check, carry out and undo it, and what a reader notices."""
    clerk, province, communes = _found()
    made = _draft(clerk, province, communes)
    last = StepData(
        "rename", unit=province, name="Tỉnh ủy mới", short_name="Tỉnh ủy mới", unit_kind=province.kind
    )
    _step, added = _timed(lambda: add_step(by=clerk, reorganization=made, data=last))
    looked, checked = _timed(lambda: check(made))
    schedule(by=clerk, reorganization=made)
    with _reading(clerk) as before:
        time.sleep(5)
    with _reading(clerk) as during:
        _done, seconds = _timed(lambda: carry_out(made.pk))
    made.refresh_from_db()
    handed, hung = (TaskHandover.objects.filter(part=part).count() for part in ("unit", "parent"))
    opened = UnitVersion.objects.count() - Unit.objects.count()
    _undone, back = _timed(lambda: undo(by=clerk, reorganization=made))
    left = Task.objects.filter(state__in=OPEN, unit__valid_to__isnull=False).count()
    show(
        f"Reorganisation ({connection.vendor}): {COMMUNES} communes into {COMMUNES // 2}, "
        f"{Unit.objects.count():,} units, {TASKS:,} open tasks",
        ("value", "limit"),
        [
            Line("adding the last step", (f"{added * 1000:.0f} ms", "")),
            Line("looking at the draft", (f"{checked * 1000:.0f} ms, {len(looked.problems)} remarks", "")),
            Line("state afterwards", (made.state, "undone"), made.state == "done"),
            Line(
                "carrying out, one transaction",
                (f"{seconds:.1f} s", f"< {MOST_SECONDS} s"),
                seconds < MOST_SECONDS,
            ),
            Line("tasks passed on", (f"{handed:,}, {hung:,} below one of the same demand", "")),
            Line("versions written", (f"{opened:,}", "")),
            Line("a reader before", (str(before), "")),
            Line("a reader meanwhile", (str(during), "not blocked"), max(during.seconds) < seconds / 2),
            Line("undoing", (f"{back:.1f} s", "")),
            Line("open tasks in ended units", (str(left), "0"), left == 0),
        ],
    )


def _timed(act: Callable[[], Answer]) -> tuple[Answer, float]:
    begin = time.perf_counter()
    answer = act()
    return answer, time.perf_counter() - begin


@contextmanager
def _reading(user: User) -> Iterator[Reading]:
    reading = Reading()
    command = [sys.executable, "-c", READER, str(user.pk)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is not None:
            process.stdout.readline()
        yield reading
        answer, _errors = process.communicate()
        reading.seconds = json.loads(answer)


def _found() -> tuple[User, Unit, list[Unit]]:
    clerk = User.objects.create_user("sap-xep", display_name="Văn thư")
    (province,) = found_units([_unit(None, UnitKind.PROVINCE_COMMITTEE, "Tỉnh ủy thử")])
    names = [f"xã thử {number}" for number in range(COMMUNES)]
    communes = found_units([_unit(province, UnitKind.COMMUNE_COMMITTEE, name) for name in names])
    for commune in communes:
        cells = [f"Chi bộ {number}, {commune.name}" for number in range(CELLS)]
        found_units([_unit(commune, UnitKind.CELL, name) for name in cells])
    units = [province, *communes]
    RoleGrant.objects.bulk_create(
        RoleGrant(user=clerk, unit=unit, role_id="clerk", valid_from=SINCE, reaches_subtree=True)
        for unit in units
    )
    _give_tasks(clerk, province, communes)
    return clerk, province, communes


def _unit(parent: Unit | None, kind: str, name: str) -> Unit:
    return Unit(parent=parent, kind=kind, name=name, short_name=name[:80], valid_from=SINCE)


def _give_tasks(clerk: User, province: Unit, communes: list[Unit]) -> None:
    """Three of four come from demands that every commune has."""
    document = Document.objects.create(
        unit=province,
        direction="outgoing",
        kind="ke_hoach",
        issuing_body="Tỉnh ủy thử",
        issued_on=SINCE,
        subject="Kế hoạch",
        identity="",
        registered_by=clerk,
    )
    each = TASKS // COMMUNES
    demands = Provision.objects.bulk_create(
        Provision(document=document, ordinal=number, kind="task", text=f"Việc {number}")
        for number in range(1, each * 3 // 4)
    )
    tasks = [
        Task(
            document=document,
            provision=demands[number] if number < len(demands) else None,
            giver=province,
            unit=communes[index % COMMUNES],
            text=f"Việc {number}",
            measure_goal=Decimal(100),
            created_by=clerk,
        )
        for index in range(TASKS)
        for number in [index // COMMUNES]
    ]
    Task.objects.bulk_create(tasks, batch_size=2000)


def _draft(clerk: User, province: Unit, communes: list[Unit]) -> Reorganization:
    made = start_draft(
        by=clerk,
        scope=province,
        title="Sắp xếp xã",
        effective_on=clock.today(),
        decision=Decision("1-NQ/TU", clock.today(), "Tỉnh ủy thử"),
    )
    # The rows a clerk's forms write, all at once: each form works the whole draft out anew (one is timed above).
    for number in range(0, COMMUNES, 2):
        name = f"xã mới {number // 2}"
        found = ReorganizationStep.objects.create(
            reorganization=made,
            ordinal=number + 1,
            kind=StepKind.FOUND,
            target_unit=province,
            name=name,
            short_name=name,
            unit_kind=UnitKind.COMMUNE_COMMITTEE,
        )
        step = ReorganizationStep.objects.create(
            reorganization=made, ordinal=number + 2, kind=StepKind.MERGE, target_step=found
        )
        StepPart.objects.bulk_create(
            StepPart(step=step, ordinal=place, unit=commune)
            for place, commune in enumerate(communes[number : number + 2], 1)
        )
    return made
