from django.urls import path

from thongsuot.reports import level_views, views

app_name = "reports"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("don-vi/", views.units, name="units"),
    path("dong-chay/<key:pk>/", views.flow, name="flow"),
    path("dong-chay/<key:pk>/cap/", level_views.levels, name="levels"),
    path("dong-chay/<key:pk>/cap/don-vi/", level_views.level_units, name="level_units"),
    path("chuyen-de/<key:pk>/cap/", level_views.theme_levels, name="theme_levels"),
    path("chuyen-de/<key:pk>/cap/don-vi/", level_views.theme_level_units, name="theme_level_units"),
]
