"""What people fill in about an audience: whom a document has to reach, who is exempt, how many residents heard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.dissemination.audience.whom import Wanted
from thongsuot.dissemination.forms.calling import DAY
from thongsuot.dissemination.models import AskedForm, CountedGroup, ExemptionKind, Posts, ReflectionKind
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit


class Who(models.TextChoices):
    """The choices of the form, most often meant first."""

    MEMBERS = "members", _("all members of cells")
    MEMBERS_AND_HOLDERS = "members-all", _("members, and everybody who holds a post")
    WITH_ORGANISATIONS = "members-mass", _("members of cells and of mass organisations")
    ORGANISATIONS = "mass", _("only members of mass organisations")
    ALL_KNOWN = "everybody", _("members, mass organisations, and everybody who holds a post")
    HEADS = "heads", _("only whoever heads a unit or a cell")
    HOLDERS = "all", _("only people who hold a post")
    NAMED = "named", _("only the posts ticked below")


WANTED = {
    Who.MEMBERS: Wanted(),
    Who.MEMBERS_AND_HOLDERS: Wanted(posts=Posts.EVERYBODY),
    Who.WITH_ORGANISATIONS: Wanted(organisations=True),
    Who.ORGANISATIONS: Wanted(members=False, organisations=True),
    Who.ALL_KNOWN: Wanted(organisations=True, posts=Posts.EVERYBODY),
    Who.HEADS: Wanted(members=False, posts=Posts.HEADS),
    Who.HOLDERS: Wanted(members=False, posts=Posts.EVERYBODY),
    Who.NAMED: Wanted(members=False),
}


class RequireForm(forms.Form):
    """Who must hear of the document, by when; what most choose is chosen already."""

    due = forms.DateField(label=_("To reach everybody by"), widget=DAY)
    whom = forms.ChoiceField(
        label=_("Who has to hear of it"), choices=Who.choices, required=False, initial=Who.MEMBERS
    )
    units = forms.TypedMultipleChoiceField(
        label=_("In which units"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    key_due = forms.DateField(
        label=_("Key cadres by"),
        help_text=_("Heads of units and their deputies first; empty when they have the same day."),
        widget=DAY,
        required=False,
    )
    titles = forms.MultipleChoiceField(
        label=_("And whoever holds one of these posts"), widget=forms.CheckboxSelectMultiple, required=False
    )
    asked_forms = forms.MultipleChoiceField(
        label=_("In these forms"),
        choices=AskedForm.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    papers = forms.MultipleChoiceField(
        label=_("They also hand in"),
        help_text=_("Everybody below the unit who has to hear of it. What is asked for already stays."),
        choices=ReflectionKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    papers_due = forms.DateField(
        label=_("Papers to hand in by"),
        help_text=_("Empty: the day for everybody."),
        widget=DAY,
        required=False,
    )

    def __init__(self, *args: Any, units: Iterable[Unit], titles: Sequence[str], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["units"].choices = [(unit.pk, unit.short_name) for unit in units]  # type: ignore[attr-defined]
        self.fields["titles"].choices = [(title, title) for title in titles]  # type: ignore[attr-defined]

    @property
    def is_more(self) -> bool:
        """Whether something is chosen, or wrong, among what most leave alone."""
        more = ("key_due", "titles", "asked_forms", "papers", "papers_due")
        return any(self[name].value() or self[name].errors for name in more)

    @property
    def wanted(self) -> Wanted:
        """As far as it can be read, also while other fields are still wrong."""
        return wanted_in(str(self["whom"].value() or ""), self["titles"].value() or [])


def wanted_in(whom: str, titles: Iterable[str]) -> Wanted:
    chosen = WANTED.get(Who(whom) if whom in Who.values else Who.MEMBERS, Wanted())
    return replace(chosen, titles=tuple(titles))


class ExemptForm(forms.Form):
    """Who is not asked, for one document or until a day, and why."""

    person = forms.TypedChoiceField(label=_("Member"), coerce=int)
    scope = forms.ChoiceField(label=_("Exempt from"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Last day of the exemption"),
        help_text=_("Needed when it holds for all documents; at most a year."),
        widget=DAY,
        required=False,
    )
    kind = forms.ChoiceField(label=_("Kind of exemption"), choices=ExemptionKind.choices)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("In general words: name no illness."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )

    def __init__(self, *args: Any, people: Iterable[Person], document: Document | None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["person"].choices = [(person.pk, person.name) for person in people]  # type: ignore[attr-defined]
        one = [("one", _("this document only"))] if document else []
        self.fields["scope"].choices = [*one, ("all", _("all documents until the last day"))]  # type: ignore[attr-defined]
        self.fields["scope"].initial = "one" if document else "all"


class ResidentForm(forms.Form):
    """How many people one event reached: no names."""

    number = forms.IntegerField(label=_("How many people"), min_value=1)
    expected = forms.IntegerField(
        label=_("Of how many who were to come"),
        help_text=_("By the list of households or members; empty when nobody knows."),
        min_value=1,
        max_value=1_000_000,
        required=False,
    )
    channel = forms.ChoiceField(
        label=_("In which form"), choices=AskedForm.choices, initial=AskedForm.NEIGHBOURHOOD
    )
    day = forms.DateField(label=_("On which day"), widget=DAY, initial=today)
    who = forms.ChoiceField(label=_("Who was reached"), choices=CountedGroup.choices)


class CorrectNumberForm(forms.Form):
    """The right number and why."""

    number = forms.IntegerField(
        label=_("The right number"), help_text=_("0 when it should not have been entered."), min_value=0
    )
    reason = forms.CharField(label=_("Reason"), max_length=250)


def in_ten_days() -> dt.date:
    return today() + dt.timedelta(days=10)
