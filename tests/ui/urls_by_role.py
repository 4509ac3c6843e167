"""Everybody signed in may see the parts; the two choices about the look are open to all, also before sign-in."""

from tests.permissions import Row

ROWS = [
    Row("ui:gallery", {"*": 200}),
    Row("ui:keys", {"*": 200}),
    Row("ui:theme", {"*": 302}, method="post", data=lambda cast: {"theme": "dark"}),
    Row("ui:language", {"*": 302}, method="post", data=lambda cast: {"language": "vi"}),
]
