"""What people enter about a unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from thongsuot.organizations.models import Unit
from thongsuot.organizations.services.describing import CONTACTS, SIGNS

LONGEST_NAME = 200
# Decision 20/2020/QĐ-TTg: the top level first, levels divided by points ("H37.02.02"); before it 13 signs,
# the top level last ("000.01.12.H28").
IDENTIFIER = RegexValidator(
    r"\A[A-Z][0-9]{2}(\.[0-9A-Z]{2,3}){0,8}\Z",
    _("Write the identifier with capital letters, figures and points, such as H37.02.02."),
)
OLD_IDENTIFIER = RegexValidator(
    r"\A[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}\Z",
    _("The older identifier has 13 signs, such as 000.01.12.H28."),
)
DIGITS = RegexValidator(r"\A[0-9]{1,10}\Z", _("Write figures only."))


class UnitForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Contacts and names for whoever describes the unit; signs as well for whoever manages it."""

    aliases = forms.CharField(
        label=_("Names in documents"),
        help_text=_("One a line, as papers write them. The name and the short name are always known."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )

    class Meta:
        model = Unit
        fields = [*CONTACTS, *SIGNS]

    def __init__(self, *args: Any, with_signs: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["identifier"].validators.append(IDENTIFIER)
        self.fields["old_identifier"].validators.append(OLD_IDENTIFIER)
        self.fields["area_code"].validators.append(DIGITS)
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        if not with_signs:
            for name in SIGNS:
                del self.fields[name]

    def clean_aliases(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]
        for name in names:
            if len(name) > LONGEST_NAME:
                raise forms.ValidationError(
                    _("This name is too long: %(name)s…"), "too_long", {"name": name[:60]}
                )
        return names

    def described(self) -> dict[str, str]:
        """The fields of the unit as they were entered."""
        return {name: self.cleaned_data[name] for name in (*CONTACTS, *SIGNS) if name in self.cleaned_data}
