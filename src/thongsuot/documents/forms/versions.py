"""A changed text: from a file, or typed over the present one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.documents.models import Document

# A form that carries more than this is no longer edited by hand: then a file is asked for.
LONGEST_TYPED = 200_000
# What a new day to read it again by is proposed as.
DAYS_TO_READ_AGAIN = 10


class VersionForm(forms.Form):
    """What the text is from now on, what is different, and whether everybody has to read it again."""

    what_changed = forms.CharField(
        label=_("What has changed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see this above the text. Name the points."),
        error_messages={"required": _("Say what has changed, so that readers know where to look.")},
    )
    material = forms.ChoiceField(
        label=_("What the change means"),
        choices=[
            ("yes", _("A change of substance: whoever has read it is asked to read it again")),
            ("no", _("A correction: what was read stays read")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the change is one of substance.")},
    )
    due = forms.DateField(
        label=_("To be read again by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "For a change of substance: nobody who has read it is late before that day. "
            "Empty: everybody keeps the deadline they had."
        ),
    )
    file = forms.FileField(
        label=_("File of the document"),
        required=False,
        allow_empty_file=True,
        help_text=_("DOCX, DOC, ODT, RTF, PDF with text, HTML or plain text, up to 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.doc,.odt,.rtf,.pdf,.txt,.htm,.html"}),
    )
    text = forms.CharField(
        label=_("Or the text itself"),
        required=False,
        max_length=LONGEST_TYPED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Used when no file is given. The present text stands here to be changed."),
    )

    # The version that stood in the form when it was opened; asked again, it stays: what came since is looked at first.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due", today() + dt.timedelta(days=DAYS_TO_READ_AGAIN))
        self.initial["seen"] = document.version
        if len(document.text) <= LONGEST_TYPED:
            self.initial.setdefault("text", document.text)

    def clean_due(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["due"]
        if day and day < today():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("file") and not (given.get("text") or "").strip() and "text" not in self.errors:
            self.add_error("file", _("Choose the file with the changed text, or change the text below."))
        return given
