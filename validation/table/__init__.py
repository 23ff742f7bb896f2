"""The published error table: what was collected from virtual people, counted and drawn."""
