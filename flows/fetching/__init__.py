"""Fetching: public archives are brought into the inbox. The one room that uses the network."""
