"""How hard a paper is to read, in words for the page that shows it: asked for, not measured at every look."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.paper import Note
from thongsuot.formats.plain import Knot
from thongsuot.formats.reading import plainness_of_paper

ASKED = "cau"
_SAID: dict[Knot, str | Promise] = {
    "long": _("long sentence"),
    "commas": _("many parts in a row"),
    "citations": _("several documents cited in one sentence"),
    "brackets": _("many brackets"),
    "relative_words": _("one clause within the other"),
    "double_negation": _("said by two negatives"),
}


@dataclass(frozen=True)
class Hardness:
    """The school grade a paper asks for, its sentences, and those that are long or knotted with what makes them so."""

    grade: float
    sentences: int
    notes: tuple[Note, ...]

    @property
    def hard(self) -> int:
        return len(self.notes)


def hardness_asked_for(request: HttpRequest, text: str) -> Hardness | None:
    """The measure when the address asks for it (``?cau=kho``) and the paper has a sentence."""
    if request.GET.get(ASKED) != "kho":
        return None
    found = plainness_of_paper(text)
    if found is None:
        return Hardness(0, 0, ())
    notes = tuple(
        Note(*sentence.span, ", ".join(str(_SAID[knot]) for knot in sentence.knots))
        for sentence in found.hard
    )
    return Hardness(found.grade, len(found.sentences), notes)
