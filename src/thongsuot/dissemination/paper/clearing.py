"""Cut-outs of signatures that nobody confirmed go after some days; the paper itself is still there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.retention import DataClass, Rows
from thongsuot.dissemination.models import PageState, PaperCutOuts, PaperHandIn, PaperPage
from thongsuot.dissemination.models.paper import PAPER_PAGES


def waiting_long(before: dt.datetime) -> models.QuerySet[PaperPage]:
    return PaperPage.objects.filter(state=PageState.WAITING, received_at__lt=before)


@transaction.atomic
def forget_pages(keys: Sequence[Any]) -> int:
    """What was seen on these pages is forgotten; that they came stays known."""
    PaperCutOuts.objects.filter(page__in=keys, page__state=PageState.WAITING).delete()
    waiting = PaperPage.objects.filter(pk__in=keys, state=PageState.WAITING)
    return waiting.update(state=PageState.PUT_ASIDE, ink=[], decided_at=now())


PAGES = DataClass(
    PAPER_PAGES,
    _("Signed pages nobody has confirmed"),
    _("Cut-outs of the signatures on a page that was photographed or scanned."),
    _("The cut-outs are deleted and nobody is counted; the page can be handed in again."),
    lambda: settings.PAPER_PAGE_DAYS,
    Rows(waiting_long, forget_pages, since="received_at", unit="unit_id"),
)


def old_hand_ins(before: dt.datetime) -> models.QuerySet[PaperHandIn]:
    return PaperHandIn.objects.filter(received_at__lt=before)


def forget_hand_ins(keys: Sequence[Any]) -> int:
    return PaperHandIn.objects.filter(pk__in=keys).delete()[0]


HAND_INS = DataClass(
    "dissemination.paper_hand_ins",
    _("Signed pages handed in together"),
    _("Who handed in how many pages and which sheets were found in them; neither pictures nor names."),
    _("The row is deleted; the pages found stay as long as they wait."),
    lambda: settings.PAPER_PAGE_DAYS,
    Rows(old_hand_ins, forget_hand_ins, since="received_at"),
)
