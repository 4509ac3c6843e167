"""What a person sees when an act is refused: a page in their language, never a stack trace."""

from __future__ import annotations

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.cast import Cast
from tests.pages import assert_whole
from thongsuot.config import urls
from thongsuot.core.access import require
from thongsuot.core.refusals import Refused

SENTENCE = "Văn bản này đã được vào sổ lúc 08:10. Hãy mở sổ văn bản đến."


def refuse(request: HttpRequest, how: str) -> HttpResponse:
    if how == "rule":
        raise Refused(SENTENCE, "already_registered")
    if how == "right":
        require(False)
    if how == "reach":
        raise Http404("Document 17 of Nguyễn Văn An")
    if how == "request":
        raise SuspiciousOperation("Document 17 of Nguyễn Văn An")
    raise ValueError("Document 17 of Nguyễn Văn An")


@login_not_required
def refuse_anybody(request: HttpRequest, how: str) -> HttpResponse:
    return refuse(request, how)


urlpatterns = [
    path("thu/<str:how>/", refuse),
    path("thu-cong-khai/<str:how>/", refuse_anybody),
    *urls.urlpatterns,
]
pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    ("how", "status", "says"),
    [
        ("rule", 409, SENTENCE),
        ("right", 403, "cấp quyền"),
        ("reach", 404, "Không tìm thấy nội dung này"),
        ("request", 400, ""),
        ("fault", 500, ""),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_refusal_is_a_whole_page_in_vietnamese(
    cast: Cast, how: str, status: int, says: str, method: str
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.member)
    html = assert_whole(getattr(client, method)(f"/thu/{how}/"), status)
    assert '<html lang="vi"' in html
    assert says in html
    for leak in ("Traceback", "Nguyễn Văn An", ".py", "Refused", "already_registered"):
        assert leak not in html


def test_the_sentence_of_a_refusal_is_text(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.SENTENCE", "<script>alert(1)</script>")
    client = Client()
    client.force_login(cast.member)
    assert "&lt;script&gt;" in assert_whole(client.get("/thu/rule/"), 409)


def test_a_refusal_speaks_to_those_who_have_not_signed_in(client: Client, db: None) -> None:
    assert SENTENCE in assert_whole(client.get("/thu-cong-khai/rule/"), 409)


def test_a_form_without_its_token_is_refused_in_words(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.member)
    assert '<html lang="vi"' in assert_whole(client.post("/thu/rule/"), 403)


def test_a_missing_right_stops_with_a_sentence_and_a_present_one_does_not() -> None:
    with pytest.raises(PermissionDenied, match=r"\w+ \w+"):
        require(False)
    with pytest.raises(PermissionDenied, match="Only the inspector"):
        require(False, "Only the inspector may close this.")
    require(True)
