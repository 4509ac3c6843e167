from thongsuot.privacy.views.register import of_processing, register_file
from thongsuot.privacy.views.start import start

__all__ = ["of_processing", "register_file", "start"]
