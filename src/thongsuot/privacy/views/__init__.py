from thongsuot.privacy.views.start import start

__all__ = ["start"]
