"""Reading tasks: figures, lists and what the page of one task shows."""

from thongsuot.tasks.queries.figures import (
    TaskFigures,
    bucket,
    task_states,
    tasks_by_document,
    tasks_by_unit,
)
from thongsuot.tasks.queries.lists import (
    OwnCounts,
    documents_with_tasks,
    in_order,
    my_tasks,
    own_counts,
    tasks_given,
    tasks_of_my_units,
    to_accept,
    to_share,
)
from thongsuot.tasks.queries.one import (
    Measure,
    Recipient,
    chosen_recipients,
    document_of,
    entries_of,
    measure_of,
    parts_of,
    people_of,
    recipients_for,
    visible_task,
)
from thongsuot.tasks.states import AT_WORK, OPEN

__all__ = [
    "AT_WORK",
    "OPEN",
    "Measure",
    "OwnCounts",
    "Recipient",
    "TaskFigures",
    "bucket",
    "chosen_recipients",
    "document_of",
    "documents_with_tasks",
    "entries_of",
    "in_order",
    "measure_of",
    "my_tasks",
    "own_counts",
    "parts_of",
    "people_of",
    "recipients_for",
    "task_states",
    "tasks_by_document",
    "tasks_by_unit",
    "tasks_given",
    "tasks_of_my_units",
    "to_accept",
    "to_share",
    "visible_task",
]
