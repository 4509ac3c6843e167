"""Carrying out a reorganisation: once, whole, on its day, in one transaction.

Whoever carries one out holds the turn, so there is one at a time. It is worked out again on the tree as it is; if a
unit it names has changed since it was scheduled, nothing is done and the reorganisation says why; if whoever
scheduled it has lost the right since, it goes back into preparation for another hand. A process that dies leaves
everything as it was, and the next look of the worker begins anew. Readers go on reading what was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.core.search import searchable
from thongsuot.core.text import fold, nfc, sort_key
from thongsuot.organizations.hooks import (
    Handover,
    Heir,
    Succession,
    tree_changed,
    units_about_to_change,
    units_succeeded,
)
from thongsuot.organizations.models import (
    ObligationsRule,
    Reorganization,
    ReorganizationState,
    ReorganizationStep,
    ReorganizationTurn,
    StepKind,
    Unit,
    UnitAlias,
    UnitSuccession,
    UnitVersion,
)
from thongsuot.organizations.reorganization import rows
from thongsuot.organizations.reorganization.authority import Objection, objection_to
from thongsuot.organizations.reorganization.checking import Looked, check
from thongsuot.organizations.reorganization.loading import changed_since, fingerprint_of
from thongsuot.organizations.reorganization.people import pass_on_people
from thongsuot.organizations.reorganization.states import REORGANIZATION
from thongsuot.organizations.services import found_units

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from thongsuot.accounts.models import User
    from thongsuot.organizations.reorganization.plan import Ending, Node, Plan


def take_turn() -> None:
    """Wait until no other reorganisation is being carried out or undone, nor what follows units is at work.

    Held until the transaction ends.
    """
    ReorganizationTurn.objects.bulk_create([ReorganizationTurn(pk=1)], ignore_conflicts=True)
    ReorganizationTurn.objects.select_for_update().get(pk=1)
    units_about_to_change(None)


def carry_out(reorganization_id: int, *, by: User | None = None) -> Reorganization:
    """Do it if its day has come and it is still scheduled; harmless when called twice or by two at once."""
    try:
        with transaction.atomic():
            take_turn()
            reorganization = Reorganization.objects.select_for_update().get(pk=reorganization_id)
            if reorganization.state != ReorganizationState.SCHEDULED or reorganization.effective_on > today():
                return reorganization
            looked = check(reorganization, lock=True)
            objection = objection_to(
                reorganization.scheduled_by or reorganization.created_by, reorganization, looked
            )
            if objection:
                return _hand_back(reorganization, objection)
            reason = _what_speaks_against(reorganization, looked)
            if reason:
                return _fail(reorganization, reason)
            return _Act(reorganization, looked.plan, by).do()
    except (IntegrityError, Refused) as error:
        # Not an accident that passes: the data contradict the draft. The transaction is gone; say so in another.
        with transaction.atomic():
            reorganization = Reorganization.objects.select_for_update().get(pk=reorganization_id)
            if reorganization.state != ReorganizationState.SCHEDULED:
                return reorganization
            sentence = _("The data of a unit contradict the draft. Nothing was changed.")
            return _fail(reorganization, error.sentence if isinstance(error, Refused) else sentence)


def _what_speaks_against(reorganization: Reorganization, looked: Looked) -> str:
    changed = changed_since(reorganization.fingerprint, fingerprint_of(looked.plan.before, looked.steps))
    if changed:
        names = Unit.objects.filter(pk__in=changed[:10]).order_by("path").values_list("name", flat=True)
        sentence = _("These units have changed since it was scheduled: %(units)s. Nothing was done.")
        return sentence % {"units": "; ".join(names) or ", ".join(map(str, changed[:10]))}
    sentences = [problem.sentence for problem in looked.blocking]
    return " ".join(sentences[:10])


def _hand_back(reorganization: Reorganization, objection: Objection) -> Reorganization:
    """Whoever scheduled it has lost the right since: back into preparation, for another hand."""
    reorganization.state = ReorganizationState(REORGANIZATION.step("hand_back", reorganization.state).target)
    reorganization.failure = objection.to_others()
    reorganization.fingerprint, reorganization.scheduled_at, reorganization.scheduled_by = {}, None, None
    reorganization.save(update_fields=["state", "failure", "fingerprint", "scheduled_at", "scheduled_by"])
    record("reorganization.handed_back", by=None, on=reorganization, unit_id=reorganization.scope_id)
    return reorganization


def _fail(reorganization: Reorganization, reason: str) -> Reorganization:
    reorganization.state = ReorganizationState.FAILED
    reorganization.failure, reorganization.ended_at = reason, now()
    reorganization.save(update_fields=["state", "failure", "ended_at"])
    record(
        "reorganization.failed",
        by=reorganization.scheduled_by,
        on=reorganization,
        unit_id=reorganization.scope_id,
        reason=reason,
    )
    return reorganization


class _Act:
    """One carrying out, from the plan to the rows."""

    def __init__(self, reorganization: Reorganization, plan: Plan, by: User | None) -> None:
        self.reorganization, self.plan = reorganization, plan
        self.by = by or reorganization.scheduled_by or reorganization.created_by
        self.day: dt.date = plan.day
        self.at = now()
        self.log = rows.Log(reorganization)
        # What the draft calls -step is, from its founding on, this unit.
        self.keys: dict[int, int] = {}
        self.endings: dict[int, Ending] = {}
        self.moved: list[int] = []
        self.named = {node.key: node for node in plan.renamed if node.key not in plan.endings}

    def do(self) -> Reorganization:
        self.found()
        self.rename()
        self.end()
        parents = {key: self.real(parent) for key, parent in self.plan.moved.items()}
        moved = rows.place_below(parents, self.log) if parents else []
        self.moved = [unit.pk for unit in moved]
        standing = {unit.pk for unit in moved if unit.valid_to is None or unit.valid_to > self.day}
        rows.close_versions(self.plan.endings, self.day, self.log)
        rows.renew_versions(standing | set(self.named), set(self.named), self.day, self.log)
        self.succeed()
        members = {
            (old, person): self.real(part) or 0
            for old, ending in self.endings.items()
            for person, part in ending.step.members.items()
        }
        pass_on_people(self.endings, members, self.day, self.log, self.reorganization.decision_symbol)
        self.log.write()
        units_succeeded(self.handover())
        tree_changed(self.reorganization.pk)
        self.tell()
        reorganization = self.reorganization
        reorganization.state, reorganization.ended_at = ReorganizationState.DONE, self.at
        reorganization.save(update_fields=["state", "ended_at"])
        return reorganization

    def real(self, key: int | None) -> int | None:
        return self.keys.get(key, key) if key is not None else None

    def found(self) -> None:
        """The new units, parents before children."""
        waiting = {key: self.plan.nodes[key] for key in self.plan.founded}
        while waiting:
            level = [key for key, node in waiting.items() if node.parent not in waiting]
            parents = Unit.objects.in_bulk([self.real(waiting[key].parent) for key in level])
            made = found_units([self._unit(waiting[key], parents) for key in level])
            self.keys |= {key: unit.pk for key, unit in zip(level, made, strict=True)}
            for key in level:
                del waiting[key]
        founded = list(Unit.objects.filter(pk__in=self.keys.values()))
        self.log.made(founded)
        self.log.made(UnitVersion.objects.filter(unit__in=founded))
        self.log.made(UnitAlias.objects.filter(unit__in=founded))
        for key, unit in self.keys.items():
            ReorganizationStep.objects.filter(pk=-key).update(founded=unit)
        self.endings = {
            old: replace(
                ending, heirs=tuple(replace(heir, unit=self.real(heir.unit) or 0) for heir in ending.heirs)
            )
            for old, ending in self.plan.endings.items()
        }

    def _unit(self, node: Node, parents: Mapping[int, Unit]) -> Unit:
        parent = self.real(node.parent)
        return Unit(
            parent=parents[parent] if parent else None,
            kind=node.kind,
            name=node.name,
            short_name=node.short_name,
            symbol=node.symbol,
            place=node.place,
            valid_from=self.day,
        )

    def rename(self) -> None:
        """New words; the old ones keep finding the unit, and papers that still use them keep naming it."""
        for unit in Unit.objects.filter(pk__in=self.named).prefetch_related("aliases").order_by("pk"):
            node = self.named[unit.pk]
            name, short_name = nfc(node.name), nfc(node.short_name)
            known = {alias.folded for alias in unit.aliases.all()}
            self._add_aliases(unit.pk, [name, short_name], known)
            self.log.changed(
                unit,
                name=name,
                short_name=short_name,
                kind=node.kind,
                symbol=node.symbol,
                place=node.place,
                sort_key=sort_key(short_name),
                search_text=searchable(name, short_name, *sorted(known)),
            )
            unit.save(
                update_fields=["name", "short_name", "kind", "symbol", "place", "sort_key", "search_text"]
            )

    def _add_aliases(self, unit_id: int, names: list[str], known: set[str]) -> None:
        new = {fold(name): name for name in names if fold(name) not in known}
        known |= set(new)
        made = [UnitAlias(unit_id=unit_id, name=name, folded=folded) for folded, name in new.items()]
        self.log.made(UnitAlias.objects.bulk_create(made))

    def end(self) -> None:
        ended = list(Unit.objects.filter(pk__in=self.plan.endings).order_by("pk"))
        for unit in ended:
            self.log.changed(unit, valid_to=self.day)
        for chunk in rows.chunks(ended):
            Unit.objects.filter(pk__in=[unit.pk for unit in chunk]).update(valid_to=self.day)

    def succeed(self) -> None:
        """Who took over; papers that name the old unit from now on mean the main successor."""
        made = [
            UnitSuccession(
                old_id=old,
                new_id=heir.unit,
                effective_on=self.day,
                share=heir.share,
                is_main=heir.is_main,
            )
            for old, ending in sorted(self.endings.items())
            for heir in ending.heirs
        ]
        self.log.made(UnitSuccession.objects.bulk_create(made, batch_size=rows.CHUNK))
        mains = {old: ending.main for old, ending in self.endings.items()}
        names: dict[int, list[str]] = {}
        for alias in UnitAlias.objects.filter(unit__in=mains).order_by("unit_id", "pk"):
            names.setdefault(mains[alias.unit_id], []).append(alias.name)
        heirs = Unit.objects.filter(pk__in=names).prefetch_related("aliases").order_by("pk")
        for heir in heirs:
            self._add_aliases(heir.pk, names[heir.pk], {alias.folded for alias in heir.aliases.all()})

    def handover(self) -> Handover:
        return Handover(
            reorganization_id=self.reorganization.pk,
            day=self.day,
            at=self.at,
            by_id=self.by.pk,
            successions=tuple(_succession(ending) for _old, ending in sorted(self.endings.items())),
            founded_ids=tuple(sorted(self.keys.values())),
            moved_ids=tuple(sorted(self.moved)),
        )

    def tell(self) -> None:
        """The act itself, and one on each unit, so that its own timeline says what happened to it."""
        units = Unit.objects.in_bulk({*self.keys.values(), *self.plan.moved, *self.endings, *self.named})
        told = [("unit.founded", key) for key in self.keys.values()]
        told += [("unit.renamed", key) for key in self.named]
        told += [("unit.moved", key) for key in self.plan.moved if key not in self.endings]
        told += [(f"unit.{_VERBS[ending.step.kind]}", key) for key, ending in self.endings.items()]
        for verb, key in told:
            record(verb, by=self.by, on=units[key], unit_id=key, reorganization=self.reorganization.pk)
        record(
            "reorganization.carried_out",
            by=self.by,
            on=self.reorganization,
            unit_id=self.reorganization.scope_id,
            ended=len(self.endings),
            founded=len(self.keys),
            moved=len(self.moved),
        )


_VERBS: dict[str, str] = {StepKind.MERGE: "merged", StepKind.SPLIT: "split", StepKind.DISSOLVE: "dissolved"}


def _succession(ending: Ending) -> Succession:
    by_share = ending.step.obligations == ObligationsRule.SHARES and len(ending.heirs) > 1
    heirs = tuple(Heir(heir.unit, heir.share, heir.is_main) for heir in ending.heirs)
    return Succession(ending.unit, heirs, by_share)
