"""Validation: not shipped; each script prints a table and may write it under docs/."""
