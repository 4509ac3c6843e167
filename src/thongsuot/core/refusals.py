"""When the rules of the subject say no: what happened, what is kept, what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from django.forms import BaseForm


class Refused(Exception):
    """A service refuses an act with a sentence a clerk can read. ``code`` is stable, for tests and callers."""

    def __init__(self, sentence: str, code: str = "refused") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class refusal_on:  # a phrase in its use: "with refusal_on(form):"
    """A refusal inside becomes an error of the form; what follows the block shows the form again.

    A class, because ``contextmanager`` would not tell the type checker that it can swallow.
    """

    def __init__(self, form: BaseForm) -> None:
        self.form = form

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, refusal: BaseException | None, trace: object) -> bool:
        if not isinstance(refusal, Refused):
            return False
        self.form.add_error(None, refusal.sentence)
        return True


class RefusalMiddleware:
    """The last net: a refusal no view has turned into a form error becomes a page with the sentence (409)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "ui/refused.html", {"sentence": exception.sentence}, status=409)
