"""All that is held about one person as a file of theirs: JSON for machines, a page for eyes. Made in memory."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from thongsuot.accounts.models import User
from thongsuot.audit.queries import sentence_of_reading
from thongsuot.audit.services import record
from thongsuot.core.clock import now
from thongsuot.core.retention import one_look
from thongsuot.core.ui.words import moment
from thongsuot.privacy.queries.own import (
    MOST,
    Told,
    looks_at,
    looks_known_since,
    subject_of,
    told_to,
    traces_of,
)


@transaction.atomic
def export_own(*, by: User) -> bytes:
    """What is held about the person who asks, as a ZIP; that it was handed out is in the record of acts."""
    record("privacy.exported", by=by, on=by)
    with one_look():
        return _packed(_content(by))


def _content(user: User) -> dict[str, Any]:
    subject = subject_of(user)
    looks = looks_at(subject)[:MOST]
    return {
        "made_at": moment(now()),
        "name": user.display_name,
        "held": [_held(told) for told in told_to(subject, most=MOST, everything=True)],
        "traces": [
            {
                "data": f"{one.entry.held.title}: {one.entry.label}",
                "place": one.entry.place,
                "count": one.count,
            }
            for one in traces_of(subject)
        ],
        "looks_since": moment(looks_known_since()),
        "looks": [
            {"at": moment(look.at), "who": str(look.by), "what": sentence_of_reading(look), "way": look.way}
            for look in looks
        ],
    }


def _held(told: Told) -> dict[str, Any]:
    return {
        "title": told.title,
        "place": told.holding.model._meta.label,
        "labels": told.labels,
        "rows": told.rows,
        "left_off": told.more,
        "reasons": told.reasons,
    }


def _packed(content: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("du-lieu-cua-toi.json", json.dumps(content, ensure_ascii=False, indent=1))
        archive.writestr("du-lieu-cua-toi.html", render_to_string("privacy/export.html", content))
    return file.getvalue()
