"""What is entered about people: who they are, the posts they hold, the cell they belong to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.organizations.models import Person, Position, Unit
from thongsuot.organizations.models.units import UnitQuerySet
from thongsuot.organizations.services import Post


def a_day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """One unit out of many: the page shows some of them, the form accepts all that are allowed."""

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and number_in(str(value)) is None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": ""}
            )
        return super().to_python(value)


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The name and how to reach somebody. No citizen number, no birth date: the product has no need of them."""

    class Meta:
        model = Person
        fields = ["name", "phone", "email", "code"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        self.fields["code"].help_text = _("The key of the office's own list; no citizen number.")


class NewPersonForm(PersonForm):
    """Somebody new in one unit, as a member of the cell or organisation, with a post, or both."""

    as_member = forms.BooleanField(label=_("Member of this cell or organisation"), required=False)
    title = forms.CharField(label=_("Post"), max_length=120, required=False)
    is_head = forms.BooleanField(label=_("Heads the unit"), required=False)
    appointed_by = forms.CharField(label=_("Appointing document"), max_length=120, required=False)
    since = a_day(_("From day"))
    is_another = forms.BooleanField(label=_("This is somebody else; add them all the same"), required=False)

    def __init__(self, *args: Any, has_members: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["since"].initial = today
        if not has_members:
            del self.fields["as_member"]
            self.fields["title"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("as_member") and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Say where the person belongs: a cell, a post, or both."))
        return cleaned

    def post_in(self, unit: Unit) -> Post | None:
        entered = self.cleaned_data
        if not entered["title"]:
            return None
        return Post(
            unit,
            entered["title"],
            entered["since"],
            is_head=entered["is_head"],
            appointed_by=entered["appointed_by"],
        )


class PostForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A post to give; the unit is chosen on the same page."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    since = a_day(_("From day"))
    until = a_day(
        _("Until day"),
        required=False,
        help_text=_("The first day on which it is no longer held, when known."),
    )

    class Meta:
        model = Position
        fields = ["title", "is_head", "appointed_by"]

    def __init__(self, *args: Any, units: UnitQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        self.fields["since"].initial = today

    def post(self) -> Post:
        entered = self.cleaned_data
        return Post(
            entered["unit"],
            entered["title"],
            entered["since"],
            entered["until"],
            entered["is_head"],
            entered["appointed_by"],
        )


class EndPostForm(forms.Form):
    until = a_day(_("Until day"), help_text=_("The first day on which the post is no longer held."))
    ended_by = forms.CharField(label=_("Document that ended it"), max_length=120, required=False)


class JoinForm(forms.Form):
    """Into which mass organisation, from when on."""

    unit = UnitChoice(label=_("Mass organisation"), queryset=Unit.objects.none())
    since = a_day(_("From day"))

    def __init__(self, *args: Any, units: UnitQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        self.fields["since"].initial = today


class LeaveForm(forms.Form):
    on = a_day(_("Until day"), help_text=_("The first day on which the person is no longer a member."))


class MoveForm(forms.Form):
    """From which day on in which cell; none when the person leaves."""

    unit = UnitChoice(label=_("Cell"), queryset=Unit.objects.none(), required=False)
    leaves = forms.BooleanField(label=_("Leaves, for no cell of ours"), required=False)
    on = a_day(_("From day"))

    def __init__(self, *args: Any, units: UnitQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        self.fields["on"].initial = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("unit")) == bool(cleaned.get("leaves")) and "unit" not in self.errors:
            self.add_error("unit", _("Choose a cell, or say that the person leaves."))
        return cleaned
