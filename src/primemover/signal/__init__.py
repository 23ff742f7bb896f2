"""Filters, derivatives, gaps and runs on curves whose time stamps may be uneven."""
