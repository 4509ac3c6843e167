"""The product's settings with the bare views beside its own."""

from thongsuot.config.settings import *  # noqa: F403

ROOT_URLCONF = "scripts.bench.bare"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
