"""Sending a document down: to any number of units, by one statement a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import day_of, now
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.documents.hooks import document_dispatched
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.models import (
    Circulation,
    Delivery,
    Dispatch,
    Document,
    FlowCounter,
    Provision,
    ProvisionUnit,
    UnitGroup,
)
from thongsuot.documents.models.dispatch import Purpose
from thongsuot.documents.permissions import can_send
from thongsuot.documents.queries.dispatch import has_given_back
from thongsuot.documents.services.steps import forwarded
from thongsuot.documents.sets import insert_for_units
from thongsuot.documents.whom import Whom, meant
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import units_below

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def dispatch_document(
    *,
    by: User,
    unit: Unit,
    document: Document,
    units: Iterable[Unit] = (),
    whom: Whom | None = None,
    purpose: str = Purpose.CARRY_OUT,
    receive_by: dt.date | None = None,
    plan_by: dt.date | None = None,
    disseminate_by: dt.date | None = None,
    note: str = "",
    right: Permission = Permission.DOCUMENT_SEND,
) -> Dispatch:
    """Put the document at the door of these units below ``unit``; who was sent it before is left out.

    ``whom`` names them by rules and groups, and stays a condition however many they are. How many were sent and
    left out is in the record of the act, and ``dispatch.deliveries`` are those sent.
    """
    require(can_send(by, unit, right) and Document.objects.visible_to(by).filter(pk=document.pk).exists())
    if has_given_back(unit, document):
        raise Refused(_("The unit has given this document back: it is not sent on."), "given_back")
    below = _chosen(by, unit, whom or Whom(units=frozenset(target.pk for target in units)))
    chosen = below.count()
    if not chosen:
        raise Refused(_("Choose at least one unit."), "no_units")
    dispatch = Dispatch.objects.create(
        document=document,
        unit=unit,
        purpose=purpose,
        receive_by=receive_by,
        plan_by=plan_by,
        disseminate_by=disseminate_by,
        note=nfc(note).strip(),
        sent_by=by,
        sent_at=now(),
    )
    sent = _deliver(dispatch, below)
    if not sent:
        raise Refused(_("All these units have been sent this document before."), "already_sent")
    record("document.sent", by=by, on=document, unit_id=unit.pk, units=sent, left_out=chosen - sent)
    forwarded(by=by, unit=unit, document=document, at=dispatch.sent_at)
    document_dispatched(dispatch)
    enqueue_once(fold_flow)
    return dispatch


def _chosen(by: User, unit: Unit, whom: Whom) -> models.QuerySet[Unit]:
    """The units meant, when all that is named may be: units below the sender, groups the person may use."""
    if whom.is_empty:
        raise Refused(_("Choose at least one unit."), "no_units")
    named = whom.units | whom.without
    if units_below(unit).filter(pk__in=named).count() != len(named):
        raise Refused(_("A document is sent only to units in force below the sending unit."), "outside")
    if UnitGroup.objects.visible_to(by).filter(pk__in=whom.groups).count() != len(whom.groups):
        raise Refused(_("One of the groups is no longer there. Choose again."), "group")
    return meant(unit, whom)


def _deliver(dispatch: Dispatch, units: models.QuerySet[Unit]) -> int:
    """Deliveries, then what follows from those that were really written; how many these are."""
    at_the_door = Delivery.objects.filter(document=dispatch.document).values("unit_id")
    chosen, parameters = units.exclude(pk__in=at_the_door).order_by().values("id").query.sql_with_params()
    delivery = Delivery(
        dispatch=dispatch,
        document=dispatch.document,
        arrived_at=dispatch.sent_at,
        receive_by=dispatch.receive_by,
        plan_by=dispatch.plan_by,
    )
    # Two clerks sending at once: the constraint keeps one delivery a unit, and each counts its own.
    sent = insert_for_units(delivery, chosen, parameters, "DO NOTHING")
    table = Delivery._meta.db_table
    written = f"SELECT unit_id AS id FROM {table} WHERE document_id = %s AND dispatch_id = %s"  # noqa: S608
    key = Dispatch._meta.pk.get_db_prep_value(dispatch.pk, connection)
    mine = (dispatch.document_id, key)
    # Who is named in it has to be able to read it, though it is not sent there.
    named = (
        f"SELECT n.unit_id FROM {ProvisionUnit._meta.db_table} n "  # noqa: S608  # our own names
        f"JOIN {Provision._meta.db_table} p ON p.id = n.provision_id WHERE p.document_id = %s"
    )
    circulation = Circulation(document=dispatch.document, since=dispatch.sent_at)
    readers = (*mine, dispatch.document_id)
    insert_for_units(circulation, f"{written} UNION {named}", readers, "DO NOTHING")
    counter = FlowCounter(document=dispatch.document, sent=1, sent_on=day_of(dispatch.sent_at))
    count = f"sent = {FlowCounter._meta.db_table}.sent + 1, sent_on = excluded.sent_on, changed = excluded.changed"
    insert_for_units(counter, written, mine, f"(unit_id, document_id) DO UPDATE SET {count}")
    return sent
