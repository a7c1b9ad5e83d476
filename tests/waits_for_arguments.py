"""Print the arguments that the starter gives (for `test_child_process.py`)."""

from __future__ import annotations

import json
import time

from flows.child_process import arguments_from_starter

if __name__ == "__main__":
    arguments = arguments_from_starter()
    if arguments == ["sleep"]:
        time.sleep(120)
    print(json.dumps(arguments))
