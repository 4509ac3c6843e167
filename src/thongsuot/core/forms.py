"""Form fields that more than one subject needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from thongsuot.core.keys import number_in


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Several rows of a list. A forged key that no row can have is a wrong choice, not an error of the database."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if number_in(str(key)) is None:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key}
                )
        return super().clean(value)
