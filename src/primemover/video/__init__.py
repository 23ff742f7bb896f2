"""Films as upright pictures with true time stamps, and the guard against hostile files."""
