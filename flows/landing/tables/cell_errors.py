"""Cells of a spreadsheet that hold an error, or a formula that was never calculated."""

from __future__ import annotations

import re

# As the file formats of workbooks number them, and as Excel writes them into CSV files.
ERROR_CODES: dict[int, str] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
NOT_CALCULATED = "#NOT CALCULATED!"

_ERROR = re.compile(
    r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|"
    r"CONNECT!|BUSY!|UNKNOWN!|NOT CALCULATED!)|Err:5\d\d"
)
EXPECTED_INSTEAD = (
    "a value, not an error of the spreadsheet (such as #REF! or #N/A) or a formula that was never "
    "calculated"
)


def is_error(text: str) -> bool:
    """Say whether a cell's text is an error of a spreadsheet, or stands for a missing result."""
    return text.startswith(("#", "Err:")) and _ERROR.fullmatch(text) is not None
