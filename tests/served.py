"""Settings of a server that tests start as a process of its own: jobs wait for a worker, as in service."""

from tests.settings import *  # noqa: F403

JOBS_INLINE = False
