"""The product's own settings, with what tests need to be quick: one hash round, jobs in line, plain static names."""

from thongsuot.config.settings import *  # noqa: F403
from thongsuot.config.settings import HOME, STORAGES, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
JOBS_INLINE = True
MEDIA_ROOT = HOME / "files"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED TEMPLATE VARIABLE %s"  # type: ignore[index]
