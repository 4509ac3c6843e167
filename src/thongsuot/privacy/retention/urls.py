from django.urls import URLPattern, URLResolver, path

from thongsuot.privacy.retention import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.preview, name="retention"),
    path("lan-chay/", views.runs, name="retention_runs"),
    path("giu/", views.hold, name="hold"),
    path("giu/<key:pk>/", views.lift, name="lift_hold"),
    path("loai/<str:name>/", views.period, name="retention_period"),
]
