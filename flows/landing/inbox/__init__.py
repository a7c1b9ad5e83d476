"""The inbox: what suppliers sent, whether it is new, and where what cannot be read goes."""
