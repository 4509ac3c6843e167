from django.urls import URLPattern, URLResolver, include, path

from thongsuot.privacy import views

app_name = "privacy"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("thoi-han/", include("thongsuot.privacy.retention.urls")),
    path("su-co/", include("thongsuot.privacy.breaches.urls")),
]
