import sys

from thongsuot.formats.reading.cli import main

sys.exit(main())
