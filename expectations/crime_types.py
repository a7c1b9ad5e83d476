"""Crime types that data.police.uk uses or used, as written in its files.

Source: the category list of data.police.uk (Open Government Licence v3.0).
"""

CURRENT_CRIME_TYPES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)

# In files until 2013, before the categories were split.
EARLIER_CRIME_TYPES = (
    "Public disorder and weapons",
    "Violent crime",
)

KNOWN_CRIME_TYPES = CURRENT_CRIME_TYPES + EARLIER_CRIME_TYPES
