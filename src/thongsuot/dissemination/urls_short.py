"""The address that stands on the screen of a session for those who type it."""

from django.urls import path

from thongsuot.dissemination.views.screens import short

app_name = "short"
urlpatterns = [path("", short, name="attend")]
