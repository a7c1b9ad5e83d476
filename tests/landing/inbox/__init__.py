"""The inbox: its files, and what is known of them."""
