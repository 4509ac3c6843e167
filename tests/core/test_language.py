from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse


@pytest.mark.parametrize(("cookie", "spoken"), [("", "vi"), ("en", "en"), ("vi", "vi"), ("xx", "vi")])
def test_only_the_persons_own_choice_changes_the_language(db: None, cookie: str, spoken: str) -> None:
    client = Client(headers={"accept-language": "en-US,en;q=0.9"})
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    html = client.get(reverse("account_login")).content.decode()
    assert f'<html lang="{spoken}"' in html
