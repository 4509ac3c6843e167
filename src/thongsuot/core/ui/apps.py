from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "thongsuot.core.ui"
    label = "ui"
