"""Who may open the pages about personal data: whoever looks after it, within reach."""

from __future__ import annotations

from tests.permissions import Row

OFFICERS = {"*": 403, "administrator": 200}
ROWS = [
    Row("privacy:start", OFFICERS),
    Row("privacy:register", OFFICERS),
    Row("privacy:register_file", OFFICERS),
]
