"""What can be done with tasks: opening, passing on, reporting, judging and steering them."""

from thongsuot.tasks.services.opening import give_task, open_tasks_of_dispatch
from thongsuot.tasks.services.progress import accept_task, report_progress, return_task
from thongsuot.tasks.services.recalling import (
    reopen_tasks_of_recall,
    stop_tasks_of_recall,
    stop_tasks_of_replacement,
)
from thongsuot.tasks.services.refusing import reopen_tasks_of_refusal, stop_tasks_of_refusal
from thongsuot.tasks.services.sharing import Share, assign_task
from thongsuot.tasks.services.steering import extend_task, stop_task, urge, urge_all

__all__ = [
    "Share",
    "accept_task",
    "assign_task",
    "extend_task",
    "give_task",
    "open_tasks_of_dispatch",
    "reopen_tasks_of_recall",
    "reopen_tasks_of_refusal",
    "report_progress",
    "return_task",
    "stop_task",
    "stop_tasks_of_recall",
    "stop_tasks_of_refusal",
    "stop_tasks_of_replacement",
    "urge",
    "urge_all",
]
