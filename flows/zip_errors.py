"""What the standard library raises for an archive that is cut off, damaged or packed otherwise."""

from __future__ import annotations

import zipfile
import zlib

# NotImplementedError is zipfile's own answer to a packing method or a version that it cannot read.
DAMAGED_ZIP: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
