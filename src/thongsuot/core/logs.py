"""What a log may hold of an error: where and of which kind, never its message (docs/architecture.md, safety)."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from django.conf import settings

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Leaves out what an error says: a database quotes the whole row it refused, a parser the text before it."""

    def formatException(self, ei: Raised) -> str:  # the name is logging's own
        if settings.DEBUG:
            return super().formatException(ei)
        told: list[str] = []
        error = ei[1]
        while error is not None:
            told.insert(0, "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(told)
