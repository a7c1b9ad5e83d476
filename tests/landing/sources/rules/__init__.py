"""The rules that sources share."""
