"""When units end: their open work passes to who takes over, and comes back when the reorganisation is undone.

One statement a table, however many tasks. Each passing is a row of its own (``TaskHandover``), written first; the
tasks then follow the rows, so that what is done can be taken back and is done once when asked twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core.clock import now
from thongsuot.organizations.hooks import Handover, Impact, Succession, Touched
from thongsuot.tasks.models import (
    HandedPart,
    ProgressEntry,
    Task,
    TaskCoordinator,
    TaskHandover,
    TaskState,
)
from thongsuot.tasks.states import OPEN

_TASK = Task._meta.db_table
_COORDINATOR = TaskCoordinator._meta.db_table
_HANDOVER = TaskHandover._meta.db_table
_CENT = Decimal("0.01")
_SELECTED = "(task_id, part, from_unit_id, to_unit_id, reorganization_id, at, other_id)"


def pass_on_tasks(handover: Handover) -> None:
    """Open work goes to the main successor, or in shares to each; who gave or coordinates it is followed too."""
    if not handover.successions:
        return
    for succession in handover.successions:
        if succession.by_share:
            _share_out(handover, succession)
    _note_doubles(handover)
    _note(handover, HandedPart.UNIT, "unit_id")
    _note(handover, HandedPart.GIVER, "giver_id")
    _note_coordinators(handover)
    _hang_doubles(handover)
    _follow(handover, HandedPart.UNIT, _TASK, "unit_id", "id")
    _follow(handover, HandedPart.GIVER, _TASK, "giver_id", "id")
    _follow(handover, HandedPart.COORDINATOR, _COORDINATOR, "unit_id", "task_id")


def _handed(handover: Handover) -> tuple[str, list[Any]]:
    """The old units with those that take over, as a table to join: ``handed (old_id, new_id)``."""
    pairs = sorted(handover.main_of.items())
    places = ", ".join(["(%s, %s)"] * len(pairs))
    return f"handed (old_id, new_id) AS (VALUES {places})", [key for pair in pairs for key in pair]


def _states() -> tuple[str, list[str]]:
    return ", ".join(["%s"] * len(OPEN)), [str(state) for state in OPEN]


def _said(handover: Handover, part: HandedPart) -> list[Any]:
    at = TaskHandover._meta.get_field("at").get_db_prep_value(handover.at, connection)
    return [part.value, handover.reorganization_id, at]


def _note(handover: Handover, part: HandedPart, column: str) -> None:
    handed, pairs = _handed(handover)
    places, states = _states()
    sql = f"""
        INSERT INTO {_HANDOVER} {_SELECTED}
        WITH {handed}
        SELECT t.id, %s, h.old_id, h.new_id, %s, {_moment()}, CAST(NULL AS bigint)
        FROM {_TASK} t JOIN handed h ON h.old_id = t.{column}
        WHERE t.state IN ({places})
        ON CONFLICT DO NOTHING
    """  # noqa: S608  # our own names, our own number of places
    _run(sql, [*pairs, *_said(handover, part), *states])


def _note_doubles(handover: Handover) -> None:
    """A unit has a demand of a document once: of several that now meet in one unit the rest will hang below the first.

    The first is the one the successor has already, else the oldest. Nothing is lost: each keeps its history.
    """
    handed, pairs = _handed(handover)
    places, states = _states()
    sql = f"""
        INSERT INTO {_HANDOVER} {_SELECTED}
        WITH {handed},
        met AS (
            SELECT t.id, h.old_id, h.new_id, FIRST_VALUE(t.id) OVER (
                PARTITION BY t.provision_id, COALESCE(h.new_id, t.unit_id)
                ORDER BY CASE WHEN h.new_id IS NULL THEN 0 ELSE 1 END, t.id) AS first_id
            FROM {_TASK} t LEFT JOIN handed h ON h.old_id = t.unit_id AND t.state IN ({places})
            WHERE t.parent_id IS NULL AND t.provision_id IS NOT NULL
            AND (h.new_id IS NOT NULL OR t.unit_id IN (SELECT new_id FROM handed))
        )
        SELECT m.id, %s, m.old_id, m.new_id, %s, {_moment()}, m.first_id
        FROM met m WHERE m.new_id IS NOT NULL AND m.first_id <> m.id
        ON CONFLICT DO NOTHING
    """  # noqa: S608  # our own names, our own number of places
    _run(sql, [*pairs, *states, *_said(handover, HandedPart.PARENT)])


def _note_coordinators(handover: Handover) -> None:
    """Parts that are still awaited. Who would coordinate twice, or with itself, is left as it was."""
    handed, pairs = _handed(handover)
    places, states = _states()
    sql = f"""
        INSERT INTO {_HANDOVER} {_SELECTED}
        WITH {handed},
        met AS (
            SELECT c.task_id, h.old_id, h.new_id,
                ROW_NUMBER() OVER (PARTITION BY c.task_id, h.new_id ORDER BY c.id) AS turn
            FROM {_COORDINATOR} c JOIN handed h ON h.old_id = c.unit_id
            JOIN {_TASK} t ON t.id = c.task_id LEFT JOIN handed lead ON lead.old_id = t.unit_id
            WHERE c.done_on IS NULL AND t.state IN ({places})
            AND COALESCE(lead.new_id, t.unit_id) <> h.new_id
            AND NOT EXISTS (SELECT 1 FROM {_COORDINATOR} o WHERE o.task_id = c.task_id AND o.unit_id = h.new_id)
        )
        SELECT m.task_id, %s, m.old_id, m.new_id, %s, {_moment()}, CAST(NULL AS bigint) FROM met m WHERE m.turn = 1
        ON CONFLICT DO NOTHING
    """  # noqa: S608  # our own names, our own number of places
    _run(sql, [*pairs, *states, *_said(handover, HandedPart.COORDINATOR)])


def _hang_doubles(handover: Handover) -> None:
    sql = f"""
        UPDATE {_TASK} SET parent_id = h.other_id FROM {_HANDOVER} h
        WHERE h.task_id = {_TASK}.id AND h.reorganization_id = %s AND h.part = %s AND {_TASK}.parent_id IS NULL
    """  # noqa: S608  # our own names
    _run(sql, [handover.reorganization_id, HandedPart.PARENT.value])


def _follow(handover: Handover, part: HandedPart, table: str, column: str, key: str) -> None:
    sql = f"""
        UPDATE {table} SET {column} = h.to_unit_id FROM {_HANDOVER} h
        WHERE h.task_id = {table}.{key} AND h.from_unit_id = {table}.{column}
        AND h.reorganization_id = %s AND h.part = %s
    """  # noqa: S608  # our own names
    _run(sql, [handover.reorganization_id, part.value])


def _share_out(handover: Handover, succession: Succession) -> None:
    """Each heir gets the task with its share of the figure; the main one keeps the task itself and the rest.

    Work the unit had passed on to itself or its people is no obligation of the heirs: it follows the whole.
    """
    others = [heir for heir in succession.heirs if not heir.is_main]
    whole = Task.objects.filter(unit=succession.old_id, state__in=OPEN)
    whole = whole.filter(Q(parent=None) | ~Q(parent__unit=succession.old_id))
    done = TaskHandover.objects.filter(
        reorganization=handover.reorganization_id, part=HandedPart.SHARE
    ).values("other")
    copies: list[Task] = []
    sources: list[Task] = []
    for task in whole.exclude(pk__in=done).order_by("pk"):
        goals = [_part_of(task.measure_goal, heir.share) for heir in others]
        copies += [
            _copy(task, heir.unit_id, goal, handover) for heir, goal in zip(others, goals, strict=True)
        ]
        sources += [task] * len(others)
        task.goal_before = task.measure_goal  # type: ignore[attr-defined]  # kept beside it, for the row below
        if task.measure_goal is not None:
            task.measure_goal -= sum((goal or Decimal() for goal in goals), Decimal())
    _hang_where_there(copies)
    made = Task.objects.bulk_create(copies, batch_size=500)
    TaskHandover.objects.bulk_create(
        [
            TaskHandover(
                task=copy,
                part=HandedPart.SHARE,
                from_unit_id=succession.old_id,
                to_unit_id=copy.unit_id,
                reorganization_id=handover.reorganization_id,
                at=handover.at,
                other=source,
                goal_before=source.goal_before,  # type: ignore[attr-defined]  # set above
            )
            for copy, source in zip(made, sources, strict=True)
        ],
        batch_size=500,
    )
    Task.objects.bulk_update({task.pk: task for task in sources}.values(), ["measure_goal"], batch_size=500)


def _part_of(goal: Decimal | None, share: Decimal) -> Decimal | None:
    return (goal * share).quantize(_CENT, ROUND_HALF_UP) if goal is not None else None


def _copy(task: Task, unit_id: int, goal: Decimal | None, handover: Handover) -> Task:
    fresh = {
        "unit_id": unit_id,
        "assignee_id": None,
        "measure_goal": goal,
        "measure_done": Decimal(),
        "state": TaskState.ASSIGNED,
        "created_at": handover.at,
        "started_at": None,
        "submitted_at": None,
        "urged_at": None,
        "is_late": False,
    }
    columns = [field.attname for field in task._meta.concrete_fields if not field.primary_key]
    return Task(**({column: getattr(task, column) for column in columns} | fresh))


def _hang_where_there(copies: Sequence[Task]) -> None:
    """A share of what the heir has to do already hangs below that."""
    wanted = [copy for copy in copies if copy.provision_id and copy.parent_id is None]
    keys = {copy.provision_id for copy in wanted}
    units = {copy.unit_id for copy in wanted}
    there = {
        (row.provision_id, row.unit_id): row.pk
        for row in Task.objects.filter(provision__in=keys, unit__in=units, parent=None).only(
            "pk", "provision_id", "unit_id"
        )
    }
    for copy in wanted:
        copy.parent_id = there.get((copy.provision_id, copy.unit_id))


# --- taking back


def take_back_tasks(handover: Handover) -> None:
    """Everything as it was before; that it passed to and fro stays in the history of each task."""
    rows = TaskHandover.objects.filter(reorganization=handover.reorganization_id)
    shares = rows.filter(part=HandedPart.SHARE)
    goals = {row.other_id: row.goal_before for row in shares if row.other_id is not None}
    wholes = list(Task.objects.filter(pk__in=goals))
    for task in wholes:
        task.measure_goal = goals[task.pk]
    Task.objects.bulk_update(wholes, ["measure_goal"], batch_size=500)
    copies = list(shares.values_list("task", flat=True))
    rows.filter(task__in=copies).delete()
    Task.objects.filter(pk__in=copies).delete()
    for part, table, column, key in (
        (HandedPart.UNIT, _TASK, "unit_id", "id"),
        (HandedPart.GIVER, _TASK, "giver_id", "id"),
        (HandedPart.COORDINATOR, _COORDINATOR, "unit_id", "task_id"),
    ):
        sql = f"""
            UPDATE {table} SET {column} = h.from_unit_id FROM {_HANDOVER} h
            WHERE h.task_id = {table}.{key} AND h.to_unit_id = {table}.{column}
            AND h.reorganization_id = %s AND h.part = %s
        """  # noqa: S608  # our own names
        _run(sql, [handover.reorganization_id, part.value])
    hung = rows.filter(part=HandedPart.PARENT)
    Task.objects.filter(pk__in=hung.values("task")).update(parent=None)
    # A unit that is founded no more can have been handed nothing; the record of acts keeps what happened.
    founded = handover.founded_ids
    rows.filter(Q(to_unit__in=founded) | Q(from_unit__in=founded)).delete()
    _note_the_way_back(handover)


def _note_the_way_back(handover: Handover) -> None:
    parts = (HandedPart.UNIT.value, HandedPart.GIVER.value, HandedPart.COORDINATOR.value)
    sql = f"""
        INSERT INTO {_HANDOVER} {_SELECTED}
        SELECT task_id, part, to_unit_id, from_unit_id, reorganization_id, {_moment()}, CAST(NULL AS bigint)
        FROM {_HANDOVER} WHERE reorganization_id = %s AND part IN (%s, %s, %s) ON CONFLICT DO NOTHING
    """  # noqa: S608  # our own names
    at = TaskHandover._meta.get_field("at").get_db_prep_value(now(), connection)
    _run(sql, [at, handover.reorganization_id, *parts])


def objections(handover: Handover) -> Iterator[str]:
    """What was written about the handed-over work since."""
    handed = TaskHandover.objects.filter(reorganization=handover.reorganization_id)
    heirs = {heir.unit_id for succession in handover.successions for heir in succession.heirs}
    since = ProgressEntry.objects.filter(unit__in=heirs, at__gt=handover.at, task__in=handed.values("task"))
    count = since.values("task_id").distinct().count()
    if count:
        sentence = ngettext(
            "%(count)s task that passed on has gone further since.",
            "%(count)s tasks that passed on have gone further since.",
            count,
        )
        yield sentence % {"count": count}
    parts = Task.objects.filter(parent__in=handed.values("task"), created_at__gt=handover.at)
    if parts.exclude(pk__in=handed.values("task")).exists():
        yield _("Work that passed on has been passed on further since.")


def impacts(touched: Touched) -> Iterable[Impact]:
    """Open work of the units that end, and how much of it has a figure."""
    counted = Task.objects.filter(unit__in=touched.ending, state__in=OPEN).aggregate(
        tasks=Count("pk"), targets=Count("pk", filter=Q(measure_goal__isnull=False))
    )
    given = Task.objects.filter(giver__in=touched.ending, state__in=OPEN).exclude(unit=F("giver")).count()
    yield Impact(_("Open tasks"), counted["tasks"], _("pass to the successor"), _open_tasks_of)
    yield Impact(_("Targets with a figure"), counted["targets"], _("split where the draft says so"))
    yield Impact(_("Open tasks given to others"), given, _("are accepted by the successor"))


def _open_tasks_of(unit: int) -> str:
    return f"{reverse('tasks:list')}?xem=don-vi&don-vi={unit}&rieng=1&trang-thai=open"


def _moment() -> str:
    # A bare parameter under SELECT would be text to PostgreSQL.
    kind = TaskHandover._meta.get_field("at").db_type(connection)
    return f"CAST(%s AS {kind})" if kind != "datetime" else "%s"


def _run(sql: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
