"""What a log may hold: where something happened and of which kind it is, never what people wrote or are called.

An error's message is left out (a database quotes the whole row it refused), an address that is not ours is not
repeated (people type names into it), and what was suspicious about a request is not quoted.
"""

from __future__ import annotations

import copy
import logging
import traceback
import uuid
from types import TracebackType
from typing import Any

from django.conf import settings

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
SUSPICIONS = "django.security"
ELSEWHERE = "/…"


class DiscreetFormatter(logging.Formatter):
    """Writes a line about a request by its route, and of an error where and of which kind it was."""

    def format(self, record: logging.LogRecord) -> str:
        if settings.DEBUG:
            return super().format(record)
        # A copy: what another formatter has made of the error is kept in the record and would be written again.
        told = copy.copy(record)
        told.exc_text = told.stack_info = None
        request: Any = getattr(record, "request", None)
        if record.name.startswith(SUSPICIONS):
            told.msg, told.args = "Refused: %s", (address_of(request),)
        elif request is not None and isinstance(record.args, tuple):
            known = {request.path, request.path.encode("unicode_escape").decode("ascii")}
            told.args = tuple(address_of(request) if given in known else given for given in record.args)
        return super().format(told)

    def formatException(self, ei: Raised) -> str:  # the name is logging's own
        if settings.DEBUG:
            return super().formatException(ei)
        told: list[str] = []
        error = ei[1]
        while error is not None:
            told.insert(0, "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(told)


def address_of(request: Any) -> str:
    """The path, where nothing in it but keys was chosen by a person; else the route; else nothing of it."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ELSEWHERE
    plain = all(_is_a_key(value) for value in (*match.args, *match.kwargs.values()))
    return str(request.path) if plain else f"/{match.route}"


def _is_a_key(value: object) -> bool:
    if isinstance(value, int | uuid.UUID):
        return True
    return isinstance(value, str) and all(letter in "0123456789abcdef-" for letter in value)
