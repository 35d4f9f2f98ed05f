"""Where the frozen program begins."""

import sys

from cairn.__main__ import main

sys.exit(main())
