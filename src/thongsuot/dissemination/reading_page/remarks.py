"""What stands on the reading page beside the text: the check, questions and their answers (places.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.dissemination.queries import answers_at_paragraphs
from thongsuot.dissemination.reading_page.places import Reading

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def draw_check(request: HttpRequest, subject: object) -> str | None:
    """A way to the check where there are questions; no query of its own: thousands open this page in a morning."""
    if not isinstance(subject, Reading) or not getattr(subject.receipt, "has_check", False):
        return None
    return render_to_string("dissemination/_check.html", {"document": subject.document})


def draw_questions(request: HttpRequest, subject: object) -> str | None:
    """A way to ask, and to all that has been asked; what was answered about the whole document."""
    if not isinstance(subject, Reading):
        return None
    return render_to_string("dissemination/_ask.html", {"document": subject.document})


def say_answers(request: HttpRequest, reading: Reading) -> Mapping[int, str]:
    """Answered questions below their paragraph. Where there are none it costs no query (``document_to_read``)."""
    if not getattr(reading.receipt, "has_answers", True):
        return {}
    user = cast("User", request.user)
    found = answers_at_paragraphs(user, reading.document)
    return {
        number: render_to_string("dissemination/_answers.html", {"answers": answers}, request)
        for number, answers in found.items()
        if number
    }


def draw_papers(request: HttpRequest, subject: object) -> str | None:
    """A way to one's reflection or commitment where somebody asks for one; no query of its own."""
    if not isinstance(subject, Reading) or not getattr(subject.receipt, "asks_papers", False):
        return None
    return render_to_string("dissemination/_papers.html", {"document": subject.document})
