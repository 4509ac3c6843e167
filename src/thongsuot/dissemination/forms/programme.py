"""What is filled in about presenters, the programme of a session and its materials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.dissemination.meetings.agenda import Line, lines_of
from thongsuot.dissemination.models import Presenter
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Position


class PresenterForm(forms.Form):
    """Somebody for the roster: chosen among those who hold posts, or a name from outside."""

    person = forms.TypedChoiceField(
        label=_("Person of this place"), coerce=int, required=False, empty_value=None
    )
    name = forms.CharField(label=_("Or a name from outside"), max_length=120, required=False)
    title = forms.CharField(label=_("Post and unit"), max_length=200, required=False)
    topics = forms.CharField(label=_("Speaks on these topics"), max_length=300, required=False)

    def __init__(self, *args: Any, posts: Iterable[Position], **named: Any) -> None:
        super().__init__(*args, **named)
        self.posts = {post.person_id: post for post in posts}
        chosen = [
            (key, f"{post.person} – {post.title}, {post.unit.short_name}") for key, post in self.posts.items()
        ]
        self.fields["person"].choices = [("", "—"), *chosen]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and bool(given["person"]) == bool(given["name"].strip()):
            raise forms.ValidationError(_("Choose a person or write a name from outside: one of the two."))
        return given

    @property
    def given(self) -> dict[str, Any]:
        """In the words of the service; whoever holds a post is introduced by it."""
        given = dict(self.cleaned_data)
        post = self.posts.get(given.pop("person") or 0)
        person: Person | None = post.person if post else None
        title = given["title"] or (f"{post.title}, {post.unit.short_name}"[:200] if post else "")
        return given | {"person": person, "title": title}


class ProgrammeForm(forms.Form):
    """Who speaks on what, and the agenda line by line."""

    lines = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "08:00 | Khai mạc | Ban tổ chức"}),
        help_text=_("One line each: time | what | who. Time and who may be left out."),
    )

    def __init__(self, *args: Any, presenters: Sequence[Presenter], **named: Any) -> None:
        super().__init__(*args, **named)
        self.presenters = presenters
        for one in presenters:
            words = f"{one} – {one.title}" if one.title else str(one)
            self.fields[f"p{one.pk}"] = forms.BooleanField(label=words, required=False)
            self.fields[f"s{one.pk}"] = forms.CharField(
                label=_("What %(presenter)s speaks on") % {"presenter": one}, max_length=250, required=False
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"p{one.pk}"], self[f"s{one.pk}"]) for one in self.presenters]

    @property
    def speakers(self) -> list[tuple[Presenter, str]]:
        given = self.cleaned_data
        return [(one, given[f"s{one.pk}"]) for one in self.presenters if given[f"p{one.pk}"]]

    @property
    def agenda(self) -> list[Line]:
        return lines_of(self.cleaned_data["lines"])


class MaterialForm(forms.Form):
    """A document of the register, or a file."""

    document = forms.TypedChoiceField(
        label=_("Document of the register"), coerce=int, required=False, empty_value=None
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.doc,.odt,.pdf,.rtf,.txt"}),
        help_text=_("Read before it is kept; a paper marked as a State secret is refused."),
    )
    title = forms.CharField(label=_("Name of the material"), max_length=250, required=False)

    def __init__(self, *args: Any, documents: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["document"].choices = [("", "—"), *documents]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and bool(given.get("document")) == bool(given.get("file")):
            raise forms.ValidationError(_("Choose a document or a file: one of the two."))
        return given


def choices_of(documents: Iterable[Document], name: Any) -> list[tuple[int, str]]:
    return [(document.pk, f"{name(document)}: {document.subject}") for document in documents]
