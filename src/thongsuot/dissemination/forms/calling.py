"""What people fill in: a session, who was there, a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import moment
from thongsuot.core.keys import number_in
from thongsuot.dissemination.models import AttendanceState, Form, Session
from thongsuot.dissemination.queries.own import name_of
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SessionForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A session: what it is called, in which form, when and where."""

    day = forms.DateField(label=_("Day of the session"), widget=DAY)
    hour = forms.TimeField(
        label=_("Hour of the session"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=dt.time(8),
    )
    end = forms.TimeField(
        label=_("Ends at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )

    class Meta:
        model = Session
        fields = ["title", "form", "place", "presenter"]

    field_order = ["title", "form", "day", "hour", "end", "place", "presenter"]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["form"].choices = Form.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        begins, ends = given.get("hour"), given.get("end")
        if begins and ends and ends <= begins:
            self.add_error("end", _("A session ends after it begins. Check the two hours."))
        return given

    @property
    def given(self) -> dict[str, Any]:
        """The session itself, in the words of the services."""
        given = {name: self.cleaned_data[name] for name in SessionForm.Meta.fields}
        return given | {"starts_at": self._at("hour"), "ends_at": self._at("end")}

    def _at(self, name: str) -> dt.datetime | None:
        hour = self.cleaned_data[name]
        return moment(self.cleaned_data["day"], hour.hour, hour.minute) if hour else None


class CallForm(SessionForm):
    """A session, for whom and on which documents."""

    documents = forms.TypedMultipleChoiceField(
        label=_("Documents on the agenda"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    cells = forms.TypedMultipleChoiceField(
        label=_("Who is called"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    field_order = ["documents", "title", "form", "day", "hour", "end", "place", "presenter", "cells"]

    def __init__(
        self, *args: Any, documents: Sequence[Document], units: Iterable[Unit], **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self.fields["documents"].choices = [(d.pk, f"{name_of(d)}: {d.subject}") for d in documents]  # type: ignore[attr-defined]
        self.fields["cells"].choices = [(unit.pk, unit.short_name) for unit in units]  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    """Why attendance is changed after it was noted."""

    why = forms.CharField(label=_("Reason of a correction"), max_length=500, required=False)


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


@dataclass(frozen=True)
class Marking:
    """The attendance that was posted: whom the page showed a choice for, and what was chosen."""

    present: set[int]
    excused: set[int]
    among: set[int]


def read_marking(posted: Any) -> Marking:
    """``p<key>=present|absent|excused`` for each person; "all_present" for everybody ``listed`` on the page."""
    if "all_present" in posted:
        listed = {key for text in posted.getlist("listed") if (key := number_in(text))}
        return Marking(present=listed, excused=set(), among=listed)
    chosen = {
        key: value
        for name, value in posted.items()
        if name[:1] == "p" and (key := number_in(name[1:])) and value in AttendanceState.values
    }
    return Marking(
        present={person for person, state in chosen.items() if state == AttendanceState.PRESENT},
        excused={person for person, state in chosen.items() if state == AttendanceState.EXCUSED},
        among={person for person, state in chosen.items() if state != AttendanceState.EXPECTED},
    )
