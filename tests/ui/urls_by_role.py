"""Everybody signed in may see the parts; the choices about look, keys and language are open to all."""

from tests.permissions import Row

ROWS = [
    Row("ui:gallery", {"*": 200}),
    Row("ui:keys", {"*": 200}),
    Row("ui:theme", {"*": 302}, method="post", data=lambda cast: {"theme": "dark"}),
    Row("ui:single_keys", {"*": 302}, method="post", data=lambda cast: {"keys": "off"}),
    Row("ui:language", {"*": 302}, method="post", data=lambda cast: {"language": "vi"}),
]
