from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def no_picture(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


urlpatterns = [
    path("favicon.ico", no_picture),
    path("accounts/", include("allauth.urls")),
    path("", include("allauth.idp.urls")),
]
