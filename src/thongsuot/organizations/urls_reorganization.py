"""Addresses of reorganisations."""

from django.urls import path

from thongsuot.organizations.reorganization import views

urlpatterns = [
    path("", views.reorganization_list, name="reorganizations"),
    path("moi/", views.start, name="start_reorganization"),
    path("<key:pk>/", views.reorganization, name="reorganization"),
    path("<key:pk>/sua/", views.describe, name="describe_reorganization"),
    path("<key:pk>/buoc/<slug:kind>/", views.add_step, name="add_reorganization_step"),
    path("buoc/<key:pk>/bo/", views.remove_step, name="remove_reorganization_step"),
    path("buoc/<key:pk>/truc-thuoc/", views.children, name="reorganization_children"),
    path("buoc/<key:pk>/dang-vien/", views.members, name="reorganization_members"),
    path("<key:pk>/<slug:act>/", views.act, name="act_on_reorganization"),
]
