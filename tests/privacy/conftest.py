"""The rule of withholding is one of dbt's functions: its folder is no package."""

from __future__ import annotations

import sys
from pathlib import Path

FUNCTIONS = Path(__file__).resolve().parents[2] / "dbt_project" / "functions"
sys.path.insert(0, str(FUNCTIONS))
sys.path.insert(0, str(Path(__file__).parent))
