"""Who may open the first pages."""

from __future__ import annotations

from tests.permissions import Row

ROWS = [
    Row("home:start", {"*": 302}),
    Row("home:my_work", {"*": 200}),
    Row("home:search", {"*": 200}),
    Row("home:jobs", {"*": 403, "administrator": 200}),
    # No such job any more: whoever may retry is told so (409), all others have no right.
    Row("home:retry", {"*": 403, "administrator": 409}, args=lambda cast: ["0" * 32], method="post"),
    Row("home:health", {"*": 200, "anonymous": 200}, public=True),
]
