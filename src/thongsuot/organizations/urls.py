"""Addresses of units; those of people are in ``people_urls``."""

from django.urls import URLPattern, URLResolver, include, path

from thongsuot.organizations.views import catalogue, changes, moving, people, tree, unit

app_name = "organizations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", tree.tree, name="tree"),
    path("so-sanh/", changes.compare, name="compare"),
    path("in/", tree.printed, name="print"),
    path("xuat/", tree.export, name="export"),
    path("<key:pk>/", unit.unit, name="unit"),
    path("<key:pk>/sua/", unit.edit, name="edit_unit"),
    path("<key:pk>/chuyen/", moving.move, name="move_unit"),
    path("<key:pk>/nguoi/", people.people_of_unit, name="people"),
    path("<key:pk>/nguoi/them/", people.add, name="add_person"),
    path("<key:pk>/nguoi/trung/", people.alike, name="alike"),
    path("<key:pk>/nhanh/", tree.branch, name="branch"),
    path("tai-khoan/", include("thongsuot.organizations.urls_accounts")),
    path("thanh-lap/", catalogue.found, name="catalogue"),
    path("nhap/", include("thongsuot.organizations.urls_imports")),
    path("sap-xep/", include("thongsuot.organizations.urls_reorganization")),
]
