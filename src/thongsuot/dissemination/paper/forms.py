"""What comes back: files, or the code of a sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from thongsuot.formats.signed import codes

MOST_FILES = 20
# No HEIC, by intent: a phone that photographs in HEIC then hands over a JPEG of the photograph by itself.
PICTURES = "image/jpeg,image/png,image/webp,image/tiff,application/pdf"


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files of one control."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list) else [data] if data else []
        if not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Hand in at most %(most)s files at once.") % {"most": MOST_FILES})
        return [super(FilesField, self).clean(one) for one in given]


class HandInForm(forms.Form):
    """Photographs or scans of signed pages."""

    pictures = FilesField(
        label=_("Photographs or scans of signed pages"),
        help_text=_(
            "JPEG, PNG, WebP, TIFF or PDF, up to 25 MB and 200 pages together. The files are not kept: only "
            "cut-outs of the rows, until you have confirmed them."
        ),
        allow_empty_file=True,
        widget=ManyFiles(attrs={"accept": PICTURES, "multiple": True}),
        error_messages={"required": _("Choose a photograph or a scan first.")},
    )


class CodesForm(forms.Form):
    """A sheet by the code that is printed on it."""

    ma = forms.CharField(
        label=_("Code of the sheet"),
        help_text=_("Twelve figures, at the top of every page."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        max_length=40,
    )

    def clean_ma(self) -> int:
        code = codes.typed(self.cleaned_data["ma"])
        if code is None:
            raise forms.ValidationError(_("A figure of the code is wrong. Compare it with the sheet."))
        return code
