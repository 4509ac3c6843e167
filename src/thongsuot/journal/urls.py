from django.urls import path

from thongsuot.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.acts, name="acts"),
    path("xuat/", views.export, name="export"),
    path("luot-xem/", views.readings, name="readings"),
]
