from django.urls import path

from thongsuot.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("don-vi/", views.units, name="units"),
    path("dong-chay/<key:pk>/", views.flow, name="flow"),
]
