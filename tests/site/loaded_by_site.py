"""Write a site as a run does, and name what that loaded (for `test_site.py`)."""

from __future__ import annotations

import sys

from flows.site.__main__ import main

if __name__ == "__main__":
    main(sys.argv[1:])
    print(*sorted({name.partition(".")[0] for name, one in sys.modules.items() if one}))
