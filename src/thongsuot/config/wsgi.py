"""The door for a WSGI server."""

import os
import threading
from datetime import UTC, datetime

from django.core.wsgi import get_wsgi_application

from thongsuot.formats.calendars import learn_holidays

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
application = get_wsgi_application()
# The library of holidays takes half a second to load: not while somebody waits for the first deadline.
threading.Thread(target=learn_holidays, args=(datetime.now(tz=UTC).year,), daemon=True).start()
