"""Who may open the pages about personal data: whoever looks after it, within reach."""

from __future__ import annotations

from tests.permissions import Row

OFFICERS = {"*": 403, "administrator": 200}
EVERYBODY = {"*": 200}  # what is held about themselves
ROWS = [
    Row("privacy:start", OFFICERS),
    Row("privacy:mine", EVERYBODY),
    Row("privacy:my_readers", EVERYBODY),
    Row("privacy:my_file", EVERYBODY, method="post"),
    Row("privacy:register", OFFICERS),
    Row("privacy:register_file", OFFICERS),
]
