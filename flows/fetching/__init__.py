"""Fetching: public archives are brought into the inbox. The one part that uses the network."""
