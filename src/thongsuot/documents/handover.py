"""When units end: their papers circulate in who takes over, and what waits at their door is answered there.

No delivery is rewritten. A unit that has ended hangs below its successor, whose people find the delivery, answer it
and give it a number of their own book; the books of the old unit are closed by its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core.jobs import enqueue
from thongsuot.documents.jobs import sum_up_after
from thongsuot.documents.models import Book, Circulation, Delivery, FlowDay, FlowTotal
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.organizations.hooks import Handover, Impact, Touched

_CIRCULATION = Circulation._meta.db_table


def pass_on_documents(handover: Handover) -> None:
    """What circulated in the old unit circulates in each that takes over."""
    pairs = [(s.old_id, heir.unit_id) for s in handover.successions for heir in s.heirs]
    if not pairs:
        return
    places = ", ".join(["(%s, %s)"] * len(pairs))
    field = Circulation._meta.get_field("since")
    kind = field.db_type(connection)
    at = f"CAST(%s AS {kind})" if kind != "datetime" else "%s"
    sql = f"""
        INSERT INTO {_CIRCULATION} (unit_id, document_id, since)
        WITH handed (old_id, new_id) AS (VALUES {places})
        SELECT DISTINCT h.new_id, c.document_id, {at}
        FROM {_CIRCULATION} c JOIN handed h ON h.old_id = c.unit_id WHERE true
        ON CONFLICT DO NOTHING
    """  # noqa: S608  # our own names, our own number of places
    since = field.get_db_prep_value(handover.at, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(key for pair in pairs for key in pair), since])


def take_back_documents(handover: Handover) -> None:
    """The moment of the act marks what it made circulate."""
    heirs = {heir.unit_id for succession in handover.successions for heir in succession.heirs}
    Circulation.objects.filter(unit__in=heirs, since=handover.at).delete()
    FlowTotal.objects.filter(unit__in=handover.founded_ids).delete()
    FlowDay.objects.filter(unit__in=handover.founded_ids).delete()


def sum_up_later(reorganization_id: int) -> None:
    enqueue(sum_up_after, reorganization_id)


def objections(handover: Handover) -> Iterator[str]:
    """What was answered in the name of the old units since."""
    since = Q(received_at__gt=handover.at) | Q(refused_at__gt=handover.at) | Q(done_at__gt=handover.at)
    since |= Q(recalled_at__gt=handover.at) | Q(kept_at__gt=handover.at)
    count = Delivery.objects.filter(since, unit__in=handover.old_ids).count()
    if count:
        sentence = ngettext(
            "%(count)s document that waited at an ended unit has been answered since.",
            "%(count)s documents that waited at an ended unit have been answered since.",
            count,
        )
        yield sentence % {"count": count}


def impacts(touched: Touched) -> Iterable[Impact]:
    """What waits at the doors of the units that end, and their books."""
    waiting = Delivery.objects.filter(unit__in=touched.ending, state=DeliveryState.ARRIVED).count()
    books = Book.objects.filter(unit__in=touched.ending, last_number__gt=0).count()
    yield Impact(_("Documents waiting to be received"), waiting, _("are received by the successor"))
    yield Impact(_("Books of documents"), books, _("are closed; the successor numbers in its own"))
