"""What the flow map says in words: its verdict, the names of steps, and how two maps differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thongsuot.core.ui.words import count
from thongsuot.core.ui.words import day as day_words
from thongsuot.reports.queries.level_shapes import LevelFlow, LevelMap, StepFlow

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STEP_WORDS: dict[str, StrPromise] = {
    "sent": gettext_lazy("Sent to them"),
    "received": gettext_lazy("Received it"),
    "planned": gettext_lazy("Issued their own plan"),
    "asked": gettext_lazy("Asked to make it known"),
    "met": gettext_lazy("Held a session"),
    "begun": gettext_lazy("Began the work"),
    "done": gettext_lazy("Carried it out"),
    "required": gettext_lazy("Must hear of it"),
    "reached": gettext_lazy("Have heard of it"),
}
WAITING_WORDS: dict[str, StrPromise] = {
    "received": gettext_lazy("Have not received it"),
    "planned": gettext_lazy("Have no plan of their own"),
    "met": gettext_lazy("Have not held a session"),
    "begun": gettext_lazy("Have not begun the work"),
    "done": gettext_lazy("At work, not done"),
    "reached": gettext_lazy("Have not heard of it"),
}
MOST_SAID = 6


def list_title(step: str, *, waiting: bool) -> str:
    return str((WAITING_WORDS if waiting else STEP_WORDS)[step])


def title(name: str, shown: LevelMap) -> str:
    return _("%(document)s on %(day)s") % {"document": name, "day": day_words(shown.day)}


def verdict(shown: LevelMap) -> tuple[str, str]:
    """The state and the one sentence a leader takes along."""
    found = shown.standstill
    if not shown.levels:
        return "quiet", _("Nothing had been sent here by then.")
    if found is None:
        return "done", _("It flows: nobody is waited for.")
    said = {
        "level": found.level.label,
        "what": list_title(found.step.name, waiting=True).lower(),
        "number": count(found.step.waiting),
        "units": count(found.step.before),
        "days": count(found.step.waits_for),
    }
    if found.step.standing == "late":
        return "late", _(
            "Standing still most at the level of %(level)s: %(number)s of %(units)s units %(what)s,"
            " the longest for %(days)s days; the deadline has passed."
        ) % said
    return "soon", _(
        "Waited for most at the level of %(level)s: %(number)s of %(units)s units %(what)s,"
        " the longest for %(days)s days; there is still time."
    ) % said


def differences(one: LevelMap, other: LevelMap) -> list[str]:
    """How the first differs from the second, the greatest difference first; said with counts and days."""
    others = {level.depth: level for level in other.levels}
    found: list[tuple[float, str]] = []
    for level in one.levels:
        beside = others.get(level.depth)
        for step in level.shown if beside else ():
            compared = beside.steps.get(step.name) if beside else None
            if beside is not None and compared is not None:
                found.append(_difference(level, step, beside, compared))
    found.sort(key=lambda said: -said[0])
    told = [sentence for weight, sentence in found if weight > 0][:MOST_SAID]
    return told or [_("The two do not differ in any step.")]


def _difference(level: LevelFlow, step: StepFlow, beside: LevelFlow, other: StepFlow) -> tuple[float, str]:
    share = step.number / max(level.units, 1) - other.number / max(beside.units, 1)
    said = {
        "level": level.label,
        "step": STEP_WORDS[step.name],
        "one": f"{count(step.number)}/{count(level.units)}",
        "other": f"{count(other.number)}/{count(beside.units)}",
    }
    sentence = _("%(level)s – %(step)s: %(one)s here, %(other)s beside it.") % said
    quicker = (other.median or 0) - (step.median or 0) if None not in (step.median, other.median) else 0
    if quicker:
        days = {"days": abs(quicker)}
        faster = ngettext(
            "Half of them were %(days)s day quicker.", "Half of them were %(days)s days quicker.", quicker
        )
        slower = ngettext(
            "Half of them were %(days)s day slower.", "Half of them were %(days)s days slower.", -quicker
        )
        sentence = f"{sentence} {(faster if quicker > 0 else slower) % days}"
    return abs(share) + abs(quicker) / 30, sentence
