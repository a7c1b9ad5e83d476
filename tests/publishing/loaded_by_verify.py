"""Verify a publication as a run does, and name what that loaded (for `test_fresh_process.py`)."""

from __future__ import annotations

import sys

from flows.publishing.verify import main

if __name__ == "__main__":
    code = main(sys.argv[1:])
    print(code, *sorted({name.partition(".")[0] for name in sys.modules}))
