from thongsuot.privacy.views.own import mine, my_file, my_readers
from thongsuot.privacy.views.register import of_processing, register_file
from thongsuot.privacy.views.start import start

__all__ = ["mine", "my_file", "my_readers", "of_processing", "register_file", "start"]
