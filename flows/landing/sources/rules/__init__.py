"""Rules that several sources share: names of areas, dates, covered months, hashed references."""
