"""The form in which a paper is handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.documents.kinds import Direction
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import own_unit_ids

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


# A hint to the file chooser; what is read is decided by the content.
PAPERS = ".docx,.doc,.odt,.rtf,.pdf,.txt,.htm,.html,.png,.jpg,.jpeg,.tif,.tiff"


class TakeInForm(forms.Form):
    file = forms.FileField(
        label=_("File of the document"),
        help_text=_(
            "Word, OpenDocument, RTF, PDF, web page or plain text, also a scan as PDF or picture, up to 25 MB."
        ),
        allow_empty_file=True,  # the reader says in words what is wrong with an empty file
        widget=forms.FileInput(attrs={"accept": PAPERS}),
        error_messages={"required": _("Choose the file of the document first.")},
    )
    direction = forms.ChoiceField(
        label=_("Book"),
        choices=[
            (Direction.INCOMING, _("incoming documents")),
            (Direction.OUTGOING, _("outgoing documents")),
        ],
        initial=Direction.INCOMING,
        widget=forms.RadioSelect,
        help_text=_("An outgoing document gets its number from the book, whatever the paper says."),
    )
    unit = forms.ModelChoiceField(
        label=_("Register of the unit"), queryset=Unit.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, user: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = own_unit_ids(user, Permission.DOCUMENT_REGISTER)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker
        field.queryset = Unit.objects.filter(pk__in=mine).order_by("path")
        self.initial.setdefault("unit", mine[0] if mine else None)
        self.has_choice_of_units = len(mine) > 1
        if not self.has_choice_of_units:
            field.widget = forms.HiddenInput()
