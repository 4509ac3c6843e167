"""What a person sees when the machine itself cannot go on: a sentence and the right number, never a stack trace."""

from __future__ import annotations

import errno
import sqlite3
import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error

INSUFFICIENT_STORAGE = 507
DISK_FULL_IN_POSTGRESQL = "53100"  # disk_full, in the class "insufficient resources"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def is_full(error: BaseException | None) -> bool:
    """Whether a disk, or the room a database may take, is full: the error itself or one behind it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        if getattr(error, "sqlstate", None) == DISK_FULL_IN_POSTGRESQL:
            return True
        error = error.__cause__ or error.__context__
    return False


@requires_csrf_token
def page_of_fault(request: HttpRequest) -> HttpResponse:
    """``handler500``: called while the error is being handled. Asks the database nothing."""
    if is_full(sys.exc_info()[1]):
        return HttpResponse(loader.get_template("507.html").render(), status=INSUFFICIENT_STORAGE)
    return server_error(request)
