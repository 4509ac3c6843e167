"""Settings of a server whose disk is full: its SQLite database may not grow beyond the pages named."""

import os

from tests.served import *  # noqa: F403
from tests.served import DATABASES

_options = DATABASES["default"]["OPTIONS"]
_options["init_command"] += f"PRAGMA max_page_count = {int(os.environ['MOST_PAGES'])};"
