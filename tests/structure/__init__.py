"""How the code may be put together: who imports whom, and when."""
