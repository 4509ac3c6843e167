"""The product's own settings, with what tests need to be quick: one hash round, jobs in line, plain static names."""

from thongsuot.config.settings import *  # noqa: F403
from thongsuot.config.settings import HOME, INSTALLED_APPS, STORAGES, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
JOBS_INLINE = True
AUDIT_ANCHOR = ""  # each test rolls its record of acts back, a file would remember it
# pytest-django's live server serves static files from the packages only to this name of the app.
OURS, DJANGOS = "thongsuot.core.static.StaticFiles", "django.contrib.staticfiles"
INSTALLED_APPS = [app.replace(OURS, DJANGOS) for app in INSTALLED_APPS]
WHITENOISE_AUTOREFRESH = True  # nothing was collected: no warning about the folder that is not there
MEDIA_ROOT = HOME / "files"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED TEMPLATE VARIABLE %s"  # type: ignore[index]
