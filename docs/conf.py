"""The documentation site: `sphinx-build -W -b html docs docs/_build`. Nothing is fetched."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "Community safety warehouse"
author = "The community safety warehouse contributors"
extensions = ["myst_parser", "data_dictionary"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
suppress_warnings = [
    "myst.xref_missing",
    "myst.header",
    "misc.highlighting_failure",
]  # links to files of the repository
exclude_patterns = ["_build", "_extensions"]
html_theme = "furo"
html_title = project
