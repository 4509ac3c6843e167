"""Coming in by invitation, and asking for a way back."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import User
from thongsuot.accounts.passwords import rules_in_words

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


class UsernameField(forms.CharField):
    """Small Latin letters, so that it is typed the same on every keyboard."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("User name"))
        super().__init__(max_length=60, **options)
        self.validators.append(
            RegexValidator(
                re.compile(rf"\A{USERNAME.pattern}\Z"),
                _(
                    "Three letters at least; small letters without marks, digits, full stops and hyphens only."
                ),
            )
        )

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").lower()


class NewPasswordFields(forms.Form):
    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=4096,  # a longer one would only keep the hash busy
        help_text=lazy(rules_in_words, str)(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("The two passwords are not the same."))
        elif first:
            try:
                validate_password(first, self._owner())
            except ValidationError as refusal:
                self.add_error("password1", refusal)
        return given

    def _owner(self) -> User:
        raise NotImplementedError


class EnterForm(NewPasswordFields):
    """A name to sign in with (the first time) and a password."""

    username = UsernameField(
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
    )
    field_order = ["username", "password1", "password2"]

    def __init__(self, *args: Any, user: User, is_first: bool, **options: Any) -> None:
        self.user, self.is_first = user, is_first
        super().__init__(*args, **options)
        if is_first:
            self.fields["username"].initial = user.username
        else:
            del self.fields["username"]

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        if User.objects.filter(username=name).exclude(pk=self.user.pk).exists():
            raise ValidationError(_("This user name is taken. Choose another."), "username_taken")
        return name

    def _owner(self) -> User:
        return User(
            pk=self.user.pk,
            username=self.cleaned_data.get("username", self.user.username),
            display_name=self.user.display_name,
        )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Invitation code"),
        help_text=_("16 letters and digits, as they are printed on the sheet. Hyphens may be left out."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class ForgottenForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("The device it is kept on, for example “telephone” or “computer of the office”."),
        max_length=60,
    )
