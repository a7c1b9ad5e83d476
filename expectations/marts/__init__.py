"""One suite per profile of the marts: against history, and of what they stand on.

What must hold inside one mart is a dbt test (`dbt_project/tests/generic/README.md`).
"""
