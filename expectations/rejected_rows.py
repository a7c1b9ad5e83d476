"""How many rejected rows a load may have before it is held back; free of Great Expectations.

A rejected row is named by file, line and column, and the rest of its file is right without it. In a
large file many of them say that something is wrong with the file as a whole: one in a hundred is
the share at which the counts of an extract begin to mislead. In a small file a share says nothing
(one line of six is 17 %), so a few rejected rows never hold a load back.
"""

# So many rejected rows are few, whatever share of the file they are.
FEW_REJECTED_ROWS = 10

# Of more than a few, this share of the rows read is the most that a load may have rejected.
REJECTED_SHARE_MAX = 0.01

RULE = (
    f"No more than {FEW_REJECTED_ROWS} rows of a file, or no more than a hundredth of its rows, "
    "are rejected."
)
