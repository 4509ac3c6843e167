from django.urls import path

from thongsuot.reports import level_views, views

app_name = "reports"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("don-vi/", views.units, name="units"),
    path("dong-chay/<key:pk>/", views.flow, name="flow"),
    path("dong-chay/<key:pk>/cap/", level_views.levels, name="levels"),
    path("dong-chay/<key:pk>/cap/don-vi/", level_views.level_units, name="level_units"),
]
