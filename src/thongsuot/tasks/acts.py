"""The sentences of the record of acts about tasks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "document.tasks_opened": _("opened %(tasks)s tasks from the document"),
    "document.tasks_stopped": _("ended %(tasks)s tasks from the document"),
    "task.given": _("gave the task"),
    "task.passed_on": _("passed the task on in %(tasks)s parts"),
    "task.reported": _("reported progress"),
    "task.handed_in": _("handed the work in"),
    "task.accepted": _("accepted the work as done"),
    "task.returned": _("returned the work"),
    "task.extended": _("moved the deadline"),
    "task.urged": _("urged the task"),
    "task.many_urged": _("urged %(tasks)s tasks"),
    "task.stopped": _("stopped the task"),
    "task.reopened": _("opened the task again"),
    # A look at names (audit.note_reading).
    "tasks.people": _("took out a list of tasks with the names of those who do them"),
}
