"""Tables from bytes: a CSV or a workbook becomes text, and text becomes typed values."""
