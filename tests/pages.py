"""What every page answers for."""

from __future__ import annotations

import re
from typing import Any

INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)=|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def assert_whole(response: Any, status: int = 200) -> str:
    """The page came as expected: one heading, nothing undefined, nothing inline. Its text is the answer."""
    assert response.status_code == status, f"{response.status_code} instead of {status}"
    html: str = response.content.decode()
    assert "UNDEFINED TEMPLATE VARIABLE" not in html, html[html.index("UNDEFINED TEMPLATE VARIABLE") :][:120]
    assert html.count("<h1") == 1
    assert not INLINE.findall(html)
    return html
