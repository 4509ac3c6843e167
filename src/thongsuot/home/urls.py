from django.urls import path

from thongsuot.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("viec-cua-toi/", views.my_work, name="my_work"),
    path("tim-kiem/", views.search, name="search"),
    path("quan-tri/cong-viec/", views.jobs, name="jobs"),
    path("quan-tri/cong-viec/<slug:key>/chay-lai/", views.retry, name="retry"),
    path("healthz", views.health, name="health"),
]
