"""What a flow map is of: a document, a document with all that carries it out, or a theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from thongsuot.documents.models import Document, Theme
from thongsuot.documents.queries.chain import with_all_that_carry_it_out
from thongsuot.documents.queries.themes import documents_of, themes_of
from thongsuot.reports.queries import levels as queries

if TYPE_CHECKING:
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import Viewer

MOST_CHOICES = 60


@dataclass(frozen=True)
class Subject:
    """The documents that are followed, and what they are called together. ``pk`` is the document's or the theme's."""

    pk: int
    name: str
    about: str
    address: str
    keys: list[int]
    document: Document | None = None
    is_whole: bool = False

    @property
    def is_many(self) -> bool:
        """Whether a unit may be counted more than once: for each document it was sent."""
        return self.document is None or self.is_whole

    def url(self, name: str) -> str:
        """The address of the map or of the list behind it: ``levels`` or ``level_units``."""
        return reverse(f"reports:{name if self.document else f'theme_{name}'}", args=[self.pk])


def of_document(user: Viewer, document: Document, *, whole: bool) -> Subject:
    keys = with_all_that_carry_it_out(user, document) if whole else [document.pk]
    about, address = document.short_subject, document.get_absolute_url()
    return Subject(document.pk, str(document), about, address, keys, document, whole)


def of_theme(user: Viewer, theme: Theme) -> Subject:
    """The documents of the theme that the person may read."""
    keys = list(documents_of(user, theme).values_list("pk", flat=True))
    return Subject(theme.pk, theme.name, "", reverse("documents:theme", args=[theme.pk]), keys)


def other_than(user: Viewer, subject: Subject, key: int | None) -> Subject | None:
    """What it is laid beside: of the same sort; out of reach is as good as not there."""
    if key is None or key == subject.pk:
        return None
    if subject.document is None:
        theme = themes_of(user).filter(pk=key).first()
        return of_theme(user, theme) if theme else None
    document = Document.objects.visible_to(user).defer("text").filter(pk=key).first()
    return of_document(user, document, whole=subject.is_whole) if document else None


def choices(user: Viewer, subject: Subject, unit: Unit) -> list[tuple[int, str]]:
    """What it may be laid beside: key and name, the newest documents or all themes by name."""
    if subject.document is None:
        found = [(theme.pk, theme.name) for theme in themes_of(user)[:MOST_CHOICES]]
    else:
        rows = queries.document_choices(user, unit, MOST_CHOICES)
        found = [(row.pk, f"{row} · {row.short_subject}") for row in rows]
    return [(key, name) for key, name in found if key != subject.pk]
