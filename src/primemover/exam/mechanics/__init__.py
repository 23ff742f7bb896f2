"""Who does the work of a filmed lift: from curves and told masses to ranges."""
