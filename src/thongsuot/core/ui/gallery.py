"""Invented values for the gallery page: every variant of every component, and no data of anybody."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.core import clock
from thongsuot.core.ui.items import Entry, Figure, Tab

SPRITE = Path(__file__).parent / "static" / "ui" / "sprite.svg"


class SampleForm(forms.Form):
    subject = forms.CharField(
        label=gettext_lazy("Subject"), help_text=gettext_lazy("One line, as on the paper.")
    )
    deadline = forms.DateField(
        label=gettext_lazy("Deadline"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("directive", gettext_lazy("Directive")), ("plan", gettext_lazy("Plan"))],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("Urgency"),
        widget=forms.RadioSelect,
        choices=[("normal", gettext_lazy("Normal")), ("urgent", gettext_lazy("Urgent"))],
        initial="normal",
    )
    publish = forms.BooleanField(label=gettext_lazy("Residents may read it"), required=False)
    photo = forms.FileField(
        label=gettext_lazy("Photo as evidence"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg", "capture": "environment"}),
    )


def samples(request: HttpRequest) -> dict[str, object]:
    today = clock.today()
    now = clock.now()
    return {
        "figures": _figures(),
        "tabs": [
            Tab(_("Mine"), "?", current=True, count=5),
            Tab(_("My unit and below"), "?tab=unit", count=308),
            Tab(_("All"), "?tab=all"),
        ],
        "deadlines": _deadlines(today),
        "rows": _rows(today),
        "page": Paginator(range(308), 20).get_page(request.GET.get("trang")),
        "entries": _entries(now),
        "form": SampleForm(),
        "wrong_form": SampleForm({"subject": "", "kind": "other"}, auto_id="wrong_%s"),
        "icons": re.findall(r'id="([^"]+)"', SPRITE.read_text()),
        "today": today,
        "now": now,
    }


def _figures() -> list[Figure]:
    return [
        Figure(96, "run", _("In time"), "?state=run", _("of 308 tasks")),
        Figure(14, "soon", _("Due soon"), "?state=soon", _("in the next 7 days")),
        Figure(11, "late", _("Overdue"), "?state=late", _("in 6 units; the longest 19 days")),
        Figure(1187, "done", _("Done"), "?state=done", _("1,164 in time, 23 late")),
    ]


def _deadlines(today: date) -> list[tuple[date | None, date | None]]:
    return [
        (today + timedelta(22), None),
        (today + timedelta(5), None),
        (today, None),
        (today - timedelta(12), None),
        (today - timedelta(3), today - timedelta(8)),
        (today - timedelta(8), today - timedelta(3)),
        (None, None),
    ]


def _rows(today: date) -> list[dict[str, object]]:
    return [
        {
            "number": "12-CT/ThU",
            "subject": "Giữ sạch đường phố, kênh, rạch",
            "reached": 609,
            "all": 900,
            "shares": (9, 18, 2, 2),
            "deadline": today + timedelta(7),
        },
        {
            "number": "09-NQ/ThU",
            "subject": "Chương trình hành động 2025–2030",
            "reached": 2909,
            "all": 3044,
            "shares": (61, 18, 3, 2),
            "deadline": today - timedelta(19),
        },
        {
            "number": "34-KH/ThU",
            "subject": "Chuyển đổi số trong cơ quan Đảng",
            "reached": 0,
            "all": 180,
            "shares": (0, 0, 0, 0),
            "deadline": today + timedelta(22),
        },
    ]


def _entries(now: datetime) -> list[Entry]:
    return [
        Entry(
            now - timedelta(hours=2), "Lê Thị Sậy", _("extended the deadline to 30/11/2026"), "Triều cường"
        ),
        Entry(now - timedelta(days=3), "Trần Văn Kênh", _("assigned the task to Phường Cầu Ván")),
        Entry(now - timedelta(days=9), "Nguyễn Văn Vàm", _("registered the document")),
    ]
